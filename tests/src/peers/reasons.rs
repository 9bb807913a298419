//! Why Layerwise and another linter differ, on purpose, by the code or the linter.

/// Code or name of the linter, and sentences for `docs/peers.md`.
pub const REASONS: &[(&str, &str)] = &[
    (
        "DL1000",
        "It says that it cannot read the text: heredocs of `RUN`, blank lines and comments inside a continued line, `EXPOSE 8080:80`. It looks at nothing else then, which is why Layerwise alone raises DL3006 and DL4006 there.",
    ),
    (
        "DL3000",
        "Silent behind an absolute `WORKDIR` of the stage or of one that it starts from: BuildKit joins the two, and warns only where there is none (`WorkdirRelativePath`).",
    ),
    (
        "DL3001",
        "Silent where a service is started and stopped again in one `RUN`, as data is loaded into a database.",
    ),
    ("DL3002", "Silent outside of the stages that make the image: nobody runs the others."),
    (
        "DL3003",
        "Silent inside a longer `RUN`, where `cd` is how the rest of it gets there. A `cd` whose folder the next instruction would not have is `lost-cd`.",
    ),
    (
        "DL3006",
        "`FROM base` is a stage named `AS Base`: BuildKit compares names in lower case. Louder where hadolint could not read the text.",
    ),
    ("DL3008", "Louder behind `sudo`, and with `apt`, which it does not read."),
    (
        "DL3009",
        "Silent with a cache mount at the lists, which keeps them out of the layer. Louder behind `sudo`, and where a stage is copied whole (`COPY --from=build / /`).",
    ),
    ("DL3010", "Louder with `tar xzf`, without a dash."),
    ("DL3013", "Louder with a path to pip (`/venv/bin/pip`)."),
    (
        "DL3018",
        "Silent where a variable of the base image names the packages, such as `$PHPIZE_DEPS`.",
    ),
    (
        "DL3015",
        "Silent in stages that do not reach the image, and where `apt.conf` turns recommendations off. Louder behind `sudo`, and with `apt`.",
    ),
    (
        "DL3019",
        "Silent on `apk update && apk add … && rm -rf /var/cache/apk/*`: the layer is the same.",
    ),
    ("DL3020", "Silent where a variable or a wildcard may stand for an archive."),
    (
        "DL3021",
        "Silent where the destination is the working directory by its name, `.`, or not known; louder with `ADD`, which BuildKit refuses alike.",
    ),
    (
        "DL3022",
        "Not a rule: `--from=x` that is no stage is an image to BuildKit. Where the name is like that of a stage, the report has a note.",
    ),
    ("DL3024", "Louder on names that differ in case alone, which are one name to BuildKit."),
    (
        "DL3025",
        "Silent after `SHELL`, whose form the person chose, and for `HEALTHCHECK`, where no signal has to arrive.",
    ),
    ("DL3028", "Louder with options before the name (`gem install --no-document rails`)."),
    (
        "DL3029",
        "Silent where the name of the stage says the platform, as BuildKit's `FromPlatformFlagConstDisallowed` is.",
    ),
    ("DL3035", "Silent in stages that do not reach the image."),
    ("DL3036", "Louder after `zypper dist-upgrade`, which fills the cache as well."),
    ("DL3041", "Silent on a version after a dash (`git-2.49.0`) and on a file (`./a.rpm`)."),
    (
        "DL3042",
        "Silent with a cache mount at pip's cache, wherever the user's home is. Louder with a path to pip.",
    ),
    (
        "DL3045",
        "Silent where the base is not known or sets a `WORKDIR` of its own, as golang and composer do.",
    ),
    ("DL3046", "Louder on `--uid=1234567`, in one word."),
    ("DL3047", "Silent with BusyBox's wget, which has no such option."),
    (
        "DL3059",
        "Silent where the cache profits: package managers, and builds after them, change on their own. Louder where one of the two is several commands long and works on what the other wrote.",
    ),
    (
        "DL3060",
        "Silent where a later step of the stage calls Yarn again, which may read the cache: to remove it would have it fetched once more.",
    ),
    (
        "DL3064",
        "Silent on names that only look like secrets: `TOKENIZERS_PARALLELISM`, `NPM_TOKEN_FILE`, `PUBLIC_KEY`.",
    ),
    (
        "DL3066",
        "Not a rule: a name is right for Docker. It matters to Kubernetes with `runAsNonRoot` alone, which refuses it with a sentence of its own.",
    ),
    ("DL4005", "Silent where the link is not `/bin/sh` itself (`/bin/mysh`)."),
    (
        "DL4006",
        "Only after curl, wget and what else fetches, whose failure nobody would see; read inside heredocs too. `set -o pipefail` in the `RUN` is enough, also behind its flags.",
    ),
    (
        "dockerfile-utils",
        "Lower case that is the same in the whole text is a style of its own: like BuildKit's `ConsistentInstructionCasing`, `instruction-casing` minds a mixture only. `COPY a b .`, a relative `WORKDIR` behind an absolute one, and blank lines before a comment are as BuildKit takes them.",
    ),
    (
        "dockerfilelint",
        "It asks for upper case, and for `rm` after every `apt-get update`, whatever stage or mount that is in. A base of another stage, or with a digest, needs no tag.",
    ),
];
