//! Python: applications installed with pip, Poetry, uv or Pipenv.

use super::Basis::Measured;
use super::sizes::{CACHE, CONFIGURATION, SOURCES, TESTS};
use super::{ProjectKind, Signs, Size, common, file, ignore, ignore_remade, junk};

/// A virtual environment.
static ENVIRONMENT: Size = Size::of(
    8_715,
    [29_516_592, 131_284_559, 427_133_736],
    Measured(
        "three applications: Flask (least), Django with Celery and pytest (likely), FastAPI with \
         pandas and scikit-learn (most)",
    ),
);

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "python",
    title: "Python",
    families: &["python"],
    signs: &[Signs {
        images: &[(6, "python*, uv, miniconda3, uvicorn-gunicorn*")],
        commands: &[
            (6, "poetry, uv, pipenv"),
            (5, "pip, pip3, gunicorn, uvicorn, flask, celery"),
            (4, "python, python3"),
        ],
        files: &[
            (
                8,
                "*requirements.txt, pyproject.toml, Pipfile, setup.py, manage.py, poetry.lock, \
                 uv.lock",
            ),
            (5, "*.py"),
        ],
        ignored: &[(5, "__pycache__, .venv"), (4, "venv, *.pyc, *.py[cod]")],
        taken: &[],
    }],
    installers: &[
        ("pip", "requirements.txt"),
        ("poetry", "pyproject.toml, poetry.lock"),
        ("uv", "pyproject.toml, uv.lock"),
        ("pipenv", "Pipfile, Pipfile.lock"),
    ],
    main_file: "main.py",
    files: &[&[
        file("app/main.py", &SOURCES),
        file("tests/test_main.py", &TESTS),
        junk("app/__pycache__/main.cpython-313.pyc", &SOURCES),
        junk(".venv/lib/python3.13/site-packages/django/__init__.py", &ENVIRONMENT),
        junk(".pytest_cache/v/cache/lastfailed", &CONFIGURATION),
        junk(".mypy_cache/3.13/builtins.data.json", &CACHE),
    ]],
    ignore: &[
        &[
            ignore_remade(
                "Virtual environments: they work on the machine that made them only",
                "**/.venv, **/venv",
                "python venv, python3 venv, virtualenv, pip, pip3, uv, poetry, pipenv, pdm, make",
            ),
            ignore("Compiled files", "**/__pycache__, **/*.py[cod], **/*.egg-info"),
            ignore(
                "Caches and test reports",
                "**/.pytest_cache, **/.mypy_cache, **/.ruff_cache, **/.tox, **/.coverage, \
                 **/htmlcov, **/.ipynb_checkpoints",
            ),
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM python:3.13-slim\n\
                 WORKDIR /app\n\
                 COPY requirements.txt .\n\
                 RUN pip install -r requirements.txt\n\
                 COPY app app\n\
                 COPY . .\n\
                 CMD [\"python\", \"-m\", \"app.main\"]\n",
};
