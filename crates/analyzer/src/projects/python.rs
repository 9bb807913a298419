//! Python: applications installed with pip, Poetry, uv or Pipenv.

use super::Basis::{Measured, Typical};
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "python",
    title: "Python",
    families: &["python"],
    signs: &[Signs {
        images: &[("python*", 6), ("uv", 6), ("miniconda3", 6), ("uvicorn-gunicorn*", 6)],
        commands: &[
            ("pip", 5),
            ("pip3", 5),
            ("poetry", 6),
            ("uv", 6),
            ("pipenv", 6),
            ("python", 4),
            ("python3", 4),
            ("gunicorn", 5),
            ("uvicorn", 5),
            ("flask", 5),
            ("celery", 5),
        ],
        files: &[
            ("*requirements.txt", 8),
            ("pyproject.toml", 8),
            ("Pipfile", 8),
            ("setup.py", 8),
            ("manage.py", 8),
            ("poetry.lock", 8),
            ("uv.lock", 8),
            ("*.py", 5),
        ],
        ignored: &[("__pycache__", 5), (".venv", 5), ("venv", 4), ("*.pyc", 4), ("*.py[cod]", 4)],
    }],
    installers: &[
        ("pip", &["requirements.txt"]),
        ("poetry", &["pyproject.toml", "poetry.lock"]),
        ("uv", &["pyproject.toml", "uv.lock"]),
        ("pipenv", &["Pipfile", "Pipfile.lock"]),
    ],
    main_file: "main.py",
    files: &[&[
        TypicalFile::many(
            "app/main.py",
            60,
            [20_000, 300_000, 5_000_000],
            Typical("a service's sources"),
        ),
        TypicalFile::many("tests/test_main.py", 20, [5_000, 100_000, 2_000_000], Typical("tests")),
        TypicalFile::many(
            "app/__pycache__/main.cpython-313.pyc",
            60,
            [25_000, 370_000, 6_000_000],
            Typical("compiled sources, a quarter larger than the sources"),
        )
        .junk(),
        TypicalFile::many(
            ".venv/lib/python3.13/site-packages/django/__init__.py",
            8_715,
            [29_516_592, 131_284_559, 427_133_736],
            Measured(
                "three applications: Flask (least), Django with Celery and pytest (likely), \
                 FastAPI with pandas and scikit-learn (most)",
            ),
        )
        .junk(),
        TypicalFile::many(
            ".pytest_cache/v/cache/lastfailed",
            5,
            [500, 5_000, 500_000],
            Typical("a cache of test results"),
        )
        .junk(),
        TypicalFile::many(
            ".mypy_cache/3.13/builtins.data.json",
            800,
            [5_000_000, 40_000_000, 300_000_000],
            Typical("a cache of types"),
        )
        .junk(),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Virtual environments: they work on the machine that made them only",
                lines: &["**/.venv", "**/venv"],
                made_by: &[],
            },
            IgnoreGroup {
                comment: "Compiled files",
                lines: &["**/__pycache__", "**/*.py[cod]", "**/*.egg-info"],
                made_by: &[],
            },
            IgnoreGroup {
                comment: "Caches and test reports",
                lines: &[
                    "**/.pytest_cache",
                    "**/.mypy_cache",
                    "**/.ruff_cache",
                    "**/.tox",
                    "**/.coverage",
                    "**/htmlcov",
                    "**/.ipynb_checkpoints",
                ],
                made_by: &[],
            },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt .\n\
                 RUN pip install -r requirements.txt\nCOPY app app\nCOPY . .\n\
                 CMD [\"python\", \"-m\", \"app.main\"]\n",
};
