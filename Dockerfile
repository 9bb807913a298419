# syntax=docker/dockerfile:1
# The page behind an unprivileged static server: docker build -t layerwise .
FROM rust:1.95-slim-trixie AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends "nodejs=20.*" "npm=9.*" \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/root/.npm \
    --mount=type=cache,target=/src/.cache \
    --mount=type=cache,target=/src/target \
    cargo xtask build

FROM nginx:1.31-alpine-slim
COPY packaging/nginx.conf /etc/nginx/nginx.conf
COPY --from=build /src/dist /usr/share/nginx/html
USER nginx
EXPOSE 8080
HEALTHCHECK CMD ["wget", "-qO", "/dev/null", "http://127.0.0.1:8080/"]
