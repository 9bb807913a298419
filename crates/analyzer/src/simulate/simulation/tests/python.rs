//! Python in stages: environments and packages that a later stage copies.

use expect_test::{Expect, expect};

use super::show;

/// The layers that hold more than a file or two, one line each.
fn check(text: &str, wanted: Expect) {
    wanted.assert_eq(&show(text, "10 app.py\n"));
}

#[test]
fn an_environment_is_copied_with_what_pip_put_in_it() {
    check(
        "FROM python:3.12 AS builder\nRUN python -m venv /venv\nENV PATH=/venv/bin:$PATH\n\
         RUN pip install --no-cache-dir flask\n\
         FROM python:3.12-slim\nCOPY --from=builder /venv /venv\n",
        expect![[r#"
            0.0 14.0 MB (11.5 MB…16.1 MB): venv/bin/* 20.0 kB (10.0 kB…50.0 kB) venv/lib/python3.12/site-packages/* 14.0 MB (11.5 MB…16.0 MB) venv/pyvenv.cfg 1.00 kB (0 B…1.00 kB)
            0.1 4.99 MB (4.14 MB…5.99 MB): venv/bin/* 420 B (0 B…2.24 kB) venv/lib/python3.12/site-packages/* 4.99 MB (4.14 MB…5.98 MB)
            1.0 19.0 MB (15.6 MB…22.0 MB): venv 0 B venv/bin/* 20.0 kB (10.0 kB…50.0 kB) venv/bin/* 420 B (0 B…2.24 kB) venv/lib/python3.12/site-packages/* 14.0 MB (11.5 MB…16.0 MB) venv/lib/python3.12/site-packages/* 4.99 MB (4.14 MB…5.98 MB) venv/pyvenv.cfg 1.00 kB (0 B…1.00 kB)
        "#]],
    );
}

#[test]
fn activating_lasts_for_one_step() {
    check(
        "FROM python:3.12\nRUN python -m venv /v && . /v/bin/activate && pip install -q six\n\
         RUN pip install --no-cache-dir six\n",
        expect![[r#"
            0.0 14.1 MB (11.6 MB…16.2 MB): root/.cache/pip/http-v2/* 13.1 kB (11.2 kB…15.3 kB) root/.cache/pip/http-v2/* 20.6 kB (14.4 kB…25.2 kB) v/bin/* 20.0 kB (10.0 kB…50.0 kB) v/bin/* 60 B (0 B…320 B) v/lib/python3.12/site-packages/* 14.0 MB (11.5 MB…16.0 MB) v/lib/python3.12/site-packages/* 84.6 kB (70.3 kB…102 kB) v/pyvenv.cfg 1.00 kB (0 B…1.00 kB)
            0.1 84.7 kB (70.3 kB…102 kB): usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.12/site-packages/* 84.6 kB (70.3 kB…102 kB)
        "#]],
    );
}

#[test]
fn packages_of_a_user_a_prefix_and_the_image_are_found() {
    check(
        "FROM python:3.11-slim AS builder\nRUN pip install --user --no-cache-dir six\n\
         RUN pip install --prefix=/install --no-cache-dir six\n\
         RUN pip install --no-cache-dir six\n\
         FROM python:3.11-slim\nCOPY --from=builder /root/.local /root/.local\n\
         COPY --from=builder /install /usr/local\n\
         COPY --from=builder /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages\n\
         COPY --from=builder /usr/local/bin /usr/local/bin\n",
        expect![[r#"
            0.0 84.7 kB (70.3 kB…102 kB): root/.local/bin/* 60 B (0 B…320 B) root/.local/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            0.1 84.7 kB (70.3 kB…102 kB): install/bin/* 60 B (0 B…320 B) install/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            0.2 84.7 kB (70.3 kB…102 kB): usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            1.0 84.7 kB (70.3 kB…102 kB): root/.local 0 B root/.local/bin/* 60 B (0 B…320 B) root/.local/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            1.1 84.7 kB (70.3 kB…102 kB): usr/local 0 B usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            1.2 84.6 kB (70.3 kB…102 kB): usr/local/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            1.3 60 B (0 B…320 B): usr/local/bin/* 60 B (0 B…320 B)
        "#]],
    );
}

#[test]
fn wheels_that_were_built_before_are_unpacked() {
    check(
        "FROM python:3.11 AS builder\nRUN pip wheel --no-cache-dir -w /wheels flask\n\
         FROM python:3.11-slim\nCOPY --from=builder /wheels /wheels\n\
         RUN pip install --no-cache-dir /wheels/*\n",
        expect![[r#"
            0.0 641 kB (532 kB…769 kB): wheels/* 641 kB (532 kB…769 kB)
            1.0 641 kB (532 kB…769 kB): wheels 0 B wheels/* 641 kB (532 kB…769 kB)
            1.1 3.01 MB (1.06 MB…6.54 MB): usr/local/lib/python3.11/site-packages/* 3.01 MB (1.06 MB…6.54 MB)
        "#]],
    );
}

#[test]
fn a_cache_on_a_mount_or_removed_at_once_costs_nothing() {
    check(
        "FROM python:3.11-slim\n\
         RUN --mount=type=cache,target=/root/.cache/pip pip install six\n\
         RUN pip install six idna && rm -rf /root/.cache/pip\n\
         RUN pip install certifi && pip cache purge\n",
        expect![[r#"
            0.0 84.7 kB (70.3 kB…102 kB): usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.11/site-packages/* 84.6 kB (70.3 kB…102 kB)
            0.1 525 kB (436 kB…631 kB): usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.11/site-packages/* 525 kB (436 kB…630 kB)
            0.2 248 kB (206 kB…298 kB): usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.11/site-packages/* 248 kB (206 kB…298 kB)
        "#]],
    );
}

#[test]
fn debian_and_alpine_keep_packages_elsewhere() {
    check(
        "FROM debian:12 AS d\nRUN pip3 install --break-system-packages --no-cache-dir six\n\
         FROM alpine:3.20 AS a\nRUN pip3 install --break-system-packages --no-cache-dir six\n\
         FROM python:3.12-slim AS u\nUSER app\nRUN pip install --no-cache-dir six\n",
        expect![[r#"
            0.0 84.7 kB (70.3 kB…102 kB): usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.11/dist-packages/* 84.6 kB (70.3 kB…102 kB)
            1.0 84.7 kB (70.3 kB…102 kB): usr/bin/* 60 B (0 B…320 B) usr/lib/python3.12/site-packages/* 84.6 kB (70.3 kB…102 kB)
            2.0 84.7 kB (70.3 kB…102 kB): home/app/.local/bin/* 60 B (0 B…320 B) home/app/.local/lib/python3.12/site-packages/* 84.6 kB (70.3 kB…102 kB)
        "#]],
    );
}

#[test]
fn uv_links_what_its_cache_holds() {
    check(
        "FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\nWORKDIR /app\n\
         RUN --mount=type=cache,target=/root/.cache/uv uv venv && uv pip install flask\n\
         ENV UV_SYSTEM_PYTHON=1\nRUN uv pip install six\n",
        expect![[r#"
            0.0 40.0 MB (30.0 MB…62.0 MB): bin/uv 40.0 MB (30.0 MB…62.0 MB)
            0.1 0 B: app 0 B
            0.2 2.63 MB (1.76 MB…4.98 MB): app/.venv/bin/* 20.0 kB (10.0 kB…50.0 kB) app/.venv/bin/* 420 B (0 B…2.24 kB) app/.venv/lib/python3.12/site-packages/* 2.61 MB (1.75 MB…4.92 MB) app/.venv/pyvenv.cfg 1.00 kB (0 B…1.00 kB)
            0.3 60.8 kB (33.2 kB…114 kB): root/.cache/uv/* 16.7 kB (3.71 kB…30.2 kB) usr/local/bin/* 60 B (0 B…320 B) usr/local/lib/python3.12/site-packages/* 44.0 kB (29.5 kB…83.3 kB)
        "#]],
    );
}

#[test]
fn lists_of_dnf_are_gone_with_clean_all() {
    check(
        "FROM rockylinux:9\nRUN dnf install -y git && dnf clean all\n\
         FROM fedora:41\nRUN dnf install -y git\n",
        expect![[r#"
            0.0 125 MB (54.5 MB…275 MB): usr/* 119 MB (53.0 MB…253 MB) var/lib/rpm/* 6.00 MB (1.50 MB…22.0 MB) ? No table of this distribution's packages is known; Debian's stand in for them.
            1.0 355 MB (145 MB…725 MB): usr/* 119 MB (53.0 MB…253 MB) var/cache/libdnf5/* 230 MB (90.0 MB…450 MB) var/lib/rpm/* 6.00 MB (1.50 MB…22.0 MB) ? No table of this distribution's packages is known; Debian's stand in for them.
        "#]],
    );
}

#[test]
fn installers_that_come_as_scripts_are_known() {
    check(
        "FROM python:3.12-slim\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh\n\
         ENV POETRY_HOME=/opt/poetry\nRUN curl -sSL https://install.python-poetry.org | python3 -\n\
         RUN curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal\n\
         RUN curl -O https://bootstrap.pypa.io/get-pip.py && python get-pip.py && rm get-pip.py\n\
         RUN curl https://example.com/x.sh | bash\nRUN bash -c 'echo 1'\n",
        expect![[r#"
            0.0 40.0 MB (30.0 MB…62.0 MB): root/.local/bin/* 40.0 MB (30.0 MB…62.0 MB)
            0.1 88.0 MB (60.0 MB…130 MB): opt/poetry/* 88.0 MB (60.0 MB…130 MB)
            0.2 596 MB (480 MB…650 MB): root/.rustup/toolchains/* 596 MB (480 MB…650 MB)
            0.3 14.0 MB (11.5 MB…24.0 MB): usr/local/lib/python3/* 14.0 MB (11.5 MB…24.0 MB) ? Nobody can know here what `https://bootstrap.pypa.io/get-pip.py` holds; 2 MB are assumed.
            0.4 1.00 MB (0 B…50.0 MB): /* 1.00 MB (0 B…50.0 MB) ? What `bash` writes is not known here.
            0.5 0 B:
        "#]],
    );
}
