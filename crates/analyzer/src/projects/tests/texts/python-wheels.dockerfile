# syntax=docker/dockerfile:1

# Python with wheels: compilers stay in the first stage, the final one installs finished wheels.
ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim AS wheels
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential libpq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /wheels
COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache/pip \
    pip wheel --wheel-dir . -r requirements.txt

FROM python:${PYTHON_VERSION}-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpq5 \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links=/wheels -r /wheels/requirements.txt
RUN useradd --system --uid 1001 app
WORKDIR /app
COPY . .
USER app
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "shop.wsgi"]
