//! What is left out of texts, and what is not.

use proptest::prelude::*;

use super::*;

/// The text as it is left, and what was left out.
fn left(text: &str) -> (String, Vec<String>) {
    let secrets = find(text);
    (leave_out(text, &secrets), secrets.into_iter().map(|it| it.what).collect())
}

/// Each is left as it stands here, with `left-out` for its secrets.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("ENV API_TOKEN=hunter2 A=b", "ENV API_TOKEN=left-out A=b", "API_TOKEN"),
    (
        "ENV A=b \\\n  # c\n  DB_PASSWORD=\"a b\" C=d\n",
        "ENV A=b \\\n  # c\n  DB_PASSWORD=\"left-out\" C=d\n",
        "DB_PASSWORD",
    ),
    ("env POSTGRES_PASSWORD postgres\n", "env POSTGRES_PASSWORD left-out\n", "POSTGRES_PASSWORD"),
    ("ONBUILD ARG NPM_TOKEN=a;b", "ONBUILD ARG NPM_TOKEN=left-out", "NPM_TOKEN"),
    (
        "LABEL \"com.example.apiKey\"='x y'",
        "LABEL \"com.example.apiKey\"='left-out'",
        "com.example.apiKey",
    ),
    ("ENV A='it''s' TOKEN=\"a\\\"b\"", "ENV A='it''s' TOKEN=\"left-out\"", "TOKEN"),
    (
        "ENV C=\"Server=db;Password=abcDEF123;\" D=e",
        "ENV C=\"Server=db;Password=left-out;\" D=e",
        "Password",
    ),
    (
        "RUN printf \"machine x login u password abc12\\n\" > ~/.netrc",
        "RUN printf \"machine x login u password left-out\\n\" > ~/.netrc",
        "password",
    ),
    ("RUN DB_PASS=s3same ./run", "RUN DB_PASS=left-out ./run", "DB_PASS"),
    ("RUN login --password hunter2 && a", "RUN login --password left-out && a", "password"),
    ("RUN login --password=hunter2; a", "RUN login --password=left-out; a", "password"),
    (
        "RUN curl -u jo:hunter2 https://a.example",
        "RUN curl -u jo:left-out https://a.example",
        "password",
    ),
    ("RUN echo 'root:Docker!' | chpasswd", "RUN echo 'root:left-out' | chpasswd", "password"),
    (
        "RUN curl https://a.example/b?token=abc12345&c=d",
        "RUN curl https://a.example/b?token=left-out&c=d",
        "token",
    ),
    (
        "//registry.example/:_authToken=0123abcd-ef\n",
        "//registry.example/:_authToken=left-out\n",
        "_authToken",
    ),
    (
        "RUN npm config set //r.example/:_authToken 0123abcd",
        "RUN npm config set //r.example/:_authToken left-out",
        "_authToken",
    ),
    ("_auth = \"am86aHVudGVyMg==\"", "_auth = \"left-out\"", "_auth"),
    (
        "machine a.example login jo password hunter2",
        "machine a.example login jo password left-out",
        "password",
    ),
    ("  password: hunter2aB\n", "  password: left-out\n", "password"),
    (
        "RUN echo '{\"auth\": \"am86aHVudGVyMg\"}' > a",
        "RUN echo '{\"auth\": \"left-out\"}' > a",
        "auth",
    ),
    (
        "RUN echo \"{\\\"token\\\":\\\"am86aHVudGVyMg\\\"}\"",
        "RUN echo \"{\\\"token\\\":\\\"left-out\\\"}\"",
        "token",
    ),
    (
        "RUN git clone https://jo:Zm9vYmFyYmF6@a.example/b",
        "RUN git clone https://jo:left-out@a.example/b",
        "a password in an address",
    ),
    ("A https://u:pa5@h/b", "A https://u:left-out@h/b", "a password in an address"),
    (
        "RUN a postgres://joe:p$s@d/b,redis://:é@d,redis://:p#1@d:1/0",
        "RUN a postgres://joe:p$s@d/b,redis://:é@d,redis://:left-out@d:1/0",
        "a password in an address",
    ),
    ("ENV A=http://user:password@h", "ENV A=http://user:left-out@h", "a password in an address"),
    ("CMD [\"app\",\"--token\",\"jsonTok99\"]", "CMD [\"app\",\"--token\",\"left-out\"]", "token"),
    ("CMD [\"app\", \"--token\", \"a b\"]", "CMD [\"app\", \"--token\", \"left-out\"]", "token"),
    ("CMD app --token jsonTok99", "CMD app --token left-out", "token"),
    ("RUN a --password \\\n  \"a b\" c", "RUN a --password \\\n  \"left-out\" c", "password"),
    (
        "RUN aws configure set aws_secret_access_key a/B1",
        "RUN aws configure set aws_secret_access_key left-out",
        "aws_secret_access_key",
    ),
    (
        "RUN docker login \\\n  -u me -p hunter2 && a",
        "RUN docker login \\\n  -u me -p left-out && a",
        "password",
    ),
    ("RUN sshpass -p 'a b' ssh -p 2222 h", "RUN sshpass -p 'left-out' ssh -p 2222 h", "password"),
    ("RUN docker login -u me -phunter2 h", "RUN docker login -u me -pleft-out h", "password"),
    (
        "RUN echo \"hunter2\" | docker login -u me --password-stdin && echo done",
        "RUN echo \"left-out\" | docker login -u me --password-stdin && echo done",
        "password",
    ),
    (
        "RUN printf %s hunter2 | gh auth login --with-token",
        "RUN printf %s left-out | gh auth login --with-token",
        "password",
    ),
    (
        "RUN mysqladmin -u root password hunter2",
        "RUN mysqladmin -u root password left-out",
        "password",
    ),
    ("RUN openssl rsa -passin pass:hunter2", "RUN openssl rsa -passin pass:left-out", "password"),
    ("RUN a --api-key aB3dE4f5G6 b", "RUN a --api-key left-out b", "api-key"),
    (
        "CMD [\"a\", \"--api_key\", \"aB3dE4f5G6\"]",
        "CMD [\"a\", \"--api_key\", \"left-out\"]",
        "api_key",
    ),
    (
        "RUN curl -H \"X-Api-Key: aB3dE4f5G6\" https://a.example",
        "RUN curl -H \"X-Api-Key: left-out\" https://a.example",
        "X-Api-Key",
    ),
    (
        "RUN wget --header 'PRIVATE-TOKEN: aB3dE4f5G6' https://a.example",
        "RUN wget --header 'PRIVATE-TOKEN: left-out' https://a.example",
        "PRIVATE-TOKEN",
    ),
    ("RUN echo \"password: aB3dE4f5\" > a", "RUN echo \"password: left-out\" > a", "password"),
    ("RUN curl -sSLu jo:hunter2 a", "RUN curl -sSLu jo:left-out a", "password"),
    ("RUN curl --user=jo:hunter2 a", "RUN curl --user=jo:left-out a", "password"),
    ("RUN curl -ujo:hunter2 a", "RUN curl -ujo:left-out a", "password"),
    (
        "RUN git clone https://aB3dE4f5G6h7I8j9:x-oauth-basic@a.example/b",
        "RUN git clone https://left-out:x-oauth-basic@a.example/b",
        "a password in an address",
    ),
    (
        "RUN curl https://hooks.slack.com/services/T0AB1/B0CD2/aB3dE4f5G6",
        "RUN curl https://hooks.slack.com/services/left-out",
        "an address of Slack that lets anybody write",
    ),
    ("RUN sshpass -phunter2 ssh -p 2222 h", "RUN sshpass -pleft-out ssh -p 2222 h", "password"),
    ("RUN mysql -uroot -phunter2 -e a", "RUN mysql -uroot -pleft-out -e a", "password"),
    ("RUN mysql -uroot -p'hunter2' db", "RUN mysql -uroot -p'left-out' db", "password"),
    (
        "RUN keytool -storepass hunter2 -noprompt",
        "RUN keytool -storepass left-out -noprompt",
        "storepass",
    ),
    (
        "RUN composer config http-basic.a.example jo hunter2",
        "RUN composer config http-basic.a.example jo left-out",
        "password",
    ),
    ("ENV TOKEN=abc-\\\ndef\\\n123 A=b", "ENV TOKEN=left-out A=b", "TOKEN"),
    ("ENV TOKEN=\"abc-\\\ndef 123\" A=b", "ENV TOKEN=\"left-out\" A=b", "TOKEN"),
    ("ENV TOKEN=abc\\\n  A=b", "ENV TOKEN=left-out\\\n  A=b", "TOKEN"),
    (
        "RUN curl -H \"Authorization: Bearer \\\n  eyJhbGciOi\" a",
        "RUN curl -H \"Authorization: Bearer \\\n  left-out\" a",
        "the token of a header",
    ),
    (
        "ADD https://a.example/b?sv=1&sig=aB3%2Fd4E5f6%3D&se=2 /",
        "ADD https://a.example/b?sv=1&sig=left-out&se=2 /",
        "sig",
    ),
    (
        "ENV A=\"https://a.example/b?sig=aB3%2Fd4E5\" B=c",
        "ENV A=\"https://a.example/b?sig=left-out\" B=c",
        "sig",
    ),
    (
        "RUN a https://conda.anaconda.org/t/jo-0123abcd-ef/b",
        "RUN a https://conda.anaconda.org/t/left-out/b",
        "a token of conda",
    ),
    ("# ghp_0123456789012345678901234567890123456", "# left-out", "a token of GitHub"),
    ("A `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.Sfl-Kx_w`", "A `left-out`", "a web token"),
    (
        "-H 'Authorization: Bearer eyJhbGciOi'",
        "-H 'Authorization: Bearer left-out'",
        "the token of a header",
    ),
    (
        "COPY <<E /k\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----\nE\nRUN a\n",
        "COPY <<E /k\nleft-out\nE\nRUN a\n",
        "a private key",
    ),
    (
        "COPY <<E /k\n-----BEGIN EC PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nE\nRUN a\n",
        "COPY <<E /k\nleft-out\nE\nRUN a\n",
        "a private key",
    ),
];

/// What tells nobody anything, though it is close to something that does.
const KEPT: &[&str] = &[
    "FROM node:22\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN SECRETS_FOLDER=/run/secrets PUBLIC_KEY=abcdef12",
    "ENV GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568 KEY_ID=abc AUTH=true TOKEN=",
    "ENV TOKEN_FILE=/run/token DB_PASSWORD_FILE=a SSL_KEY=/etc/ssl/private/a.key PASSWORD=<yours>",
    "RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci",
    "RUN --mount=type=secret,id=key,target=/root/.ssh/id_rsa TOKEN=$(cat /run/secrets/token) a",
    "docker build --secret id=token,env=TOKEN .",
    "RUN docker login --password-stdin a.example",
    "RUN echo hello; echo \"$P\" | docker login --password-stdin && echo hi || gh auth --with-token",
    "RUN python -c 'login(password=password, token=find_token(), key=lambda it: it)'",
    "RUN apt-key adv --recv-keys 0123456789ABCDEF && curl https://a.example/key.gpg",
    "- key: what stands before it\nToken: the second word, as it was given\nsecret: no",
    "RUN [ \"$PASSWORD\" = x ] && chown -R app:app /a && useradd -u 1000:1000 a",
    "RUN curl -u 1000:1000 https://git@a.example/b https://${TOKEN}@a.example ghcr.io/a/b:token",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "ENV TOKEN=left-out PASSWORD=****",
    "RUN a https://u:$P@h https://u:${P}@h https://u:@h https://u:***@h https://h:80/@a https://h:80/?a@b",
    "# docker-image://alpine:3.19@sha256:0123456789abcdef",
    "RUN mkdir -p /a && ssh -p 2222 h && mysql -p db && docker login -u me -p $P -p \"$P\"",
    "parser.add_argument(\"--token\", help=\"The token\", required=True)",
    "RUN mysql -p\"$P\" -p${P} db; sshpass -e ssh -p 22 h; docker login a; docker run -p 80:80 b",
    "Use --password-stdin, or `--password`\nWords follow. git config set user.name jo",
    "ENV CERT_KEY=server.key AUTH=basic KEY=value SIG=a",
    "RUN gpg --verify a.sig https://forums.docker.com/t/a-title-2/12",
    "RUN test \"$(sort -k2)\" == key=",
    "RUN a --key name --cache-key v1 && echo \"Token: none\" && curl -sSfu $U:$P -uroot a",
];

#[test]
fn the_value_is_left_out_and_everything_around_it_stays() {
    for (text, wanted, what) in LEFT_OUT {
        let (left, told) = left(text);
        assert_eq!((left.as_str(), told), (*wanted, vec![(*what).to_owned()]), "{text}");
    }
}

#[test]
fn what_tells_nobody_anything_stays() {
    for text in KEPT {
        assert_eq!(left(text), ((*text).to_owned(), Vec::new()), "{text}");
    }
}

#[test]
fn a_build_argument_is_judged_by_its_name_and_by_itself() {
    assert!(is_secret("NPM_TOKEN", "abc"));
    assert!(is_secret("A", "ghp_0123456789012345678901234567890123456"));
    assert!(is_secret("DATABASE_URL", "postgres://joe:pw@db/a"));
    assert!(!is_secret("NODE_VERSION", "22") && !is_secret("NPM_TOKEN", ""));
}

proptest! {
    #[test]
    fn spans_lie_apart_in_the_text_and_nothing_is_left_to_leave_out(
        parts in proptest::collection::vec(
            prop_oneof![
                (0..LEFT_OUT.len()).prop_map(|at| LEFT_OUT[at].0.to_owned()),
                "[ -~é\n\"'=:]{0,12}",
                "(TOKEN|key|password|-----BEGIN |PRIVATE KEY-----|-----END |=|:|\"| |\n){0,6}",
            ],
            0..12,
        )
    ) {
        let text = parts.concat();
        let secrets = find(&text);
        let mut end = 0;
        for Secret { span, .. } in &secrets {
            prop_assert!(span.start >= end && span.end <= text.len());
            prop_assert!(text.get(span.start..span.end).is_some());
            end = span.end;
        }
    }
}
