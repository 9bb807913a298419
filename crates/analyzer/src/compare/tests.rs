//! Comparisons of whole inputs.

use expect_test::expect;

use super::*;

fn input(dockerfile: &str) -> Input {
    Input { dockerfile: dockerfile.into(), ..Input::default() }
}

const NAIVE: &str = "FROM node:18\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN npm run build\nCMD [\"node\", \"dist/main.js\"]\n";
const CURED: &str = "FROM node:18 AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:18-alpine\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\nCMD [\"node\", \"dist/main.js\"]\n";

#[test]
fn causes_add_up_to_the_change() {
    let comparison = compare(&input(NAIVE), &input(CURED));
    let sum: i64 = comparison.causes.iter().map(|cause| cause.bytes).sum();
    assert_eq!(Some(sum), comparison.image.difference(), "{:#?}", comparison.causes);
}

#[test]
fn an_add_that_became_a_copy_is_no_cause() {
    let add = "FROM node:22\nWORKDIR /app\nADD . .\nRUN npm ci\n";
    let causes = |after: &str| {
        let causes = compare(&input(add), &input(after)).causes;
        causes.into_iter().map(|cause| cause.title).collect::<Vec<_>>()
    };
    assert_eq!(causes("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n"), [""; 0]);
    let below = "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\n";
    assert_eq!(causes(below), ["added: COPY package.json ./", "moved: COPY . ."]);
}

#[test]
fn a_comparison_reads_as_what_was_done() {
    let text = write_comparison(&compare(&input(NAIVE), &input(CURED)));
    expect![[r#"
        Image       1.34 GB (1.02 GB to 3.68 GB, assumed) → 136 MB (123 MB to 243 MB, assumed) (−1.21 GB, −89 %)
        Compressed  463 MB (378 MB to 2.14 GB, assumed) → 50.2 MB (47.2 MB to 92.8 MB, assumed) (−413 MB, −89 %)
        Sent        244 MB (4.05 MB to 1.70 GB, assumed) → 244 MB (4.05 MB to 1.70 GB, assumed)

        By what the image changed
             −966 MB  the base image: node:18 → node:18-alpine (line 1 → 8)
             −243 MB  multi-stage: what stays in build stages, less what is copied from them

        Stages  before      after
                     –    1.62 GB  build        – → node:18
               1.34 GB     136 MB  the image    node:18 → node:18-alpine; takes files of nothing → build

        Layers  before      after
               1.10 GB     134 MB  1 → 8        FROM node:18-alpine
                   0 B        0 B  2 → 9        WORKDIR /app
                244 MB          –  3 → –        COPY . .
                   0 B          –  4 → –        RUN npm install
                800 kB          –  5 → –        RUN npm run build
                     –    1.80 MB  – → 10       COPY --from=build /app/dist ./dist

        What an edit rebuilds
          1  nothing                  0 steps, 0 s → 0 steps, 0 s
          2  a source file            3 steps, 54 s → 3 steps, 31 s
          3  package.json             3 steps, 54 s → 5 steps, 53 s
          4  README.md                3 steps, 54 s → 3 steps, 31 s
          5  node:18 moves            4 steps, 54 s → 6 steps, 53 s

        line         step: before and after that edit                   1   2   3   4   5
        2            WORKDIR /app                                      ..  ..  ..  ..  xx
        – → 3        COPY package.json package-lock.json ./             .   .   x   .   x
        – → 4        RUN npm ci                                         .   .   x   .   x
        3 → 5        COPY . .                                          ..  xx  xx  xx  xx
        4 → –        RUN npm install                                   .   x   x   x   x
        5 → 6        RUN npm run build                                 ..  xx  xx  xx  xx
        – → 9        WORKDIR /app                                       .   .   .   .   .
        – → 10       COPY --from=build /app/dist ./dist                 .   ?   ?   ?   ?
        . cached   x rebuilt   ? depends on what others write   - not needed

        Dockerfile
        - FROM node:18
        + FROM node:18 AS build
          WORKDIR /app
        + COPY package.json package-lock.json ./
        + RUN npm ci
          COPY . .
        - RUN npm install
          RUN npm run build
        + 
        + FROM node:18-alpine
        + WORKDIR /app
        + COPY --from=build /app/dist ./dist
          CMD ["node", "dist/main.js"]
    "#]].assert_eq(&text);
}

#[test]
fn the_same_is_no_change() {
    let comparison = compare(&input(NAIVE), &input(NAIVE));
    assert_eq!((comparison.image.difference(), comparison.causes.len()), (Some(0), 0));
    assert!(comparison.lines.iter().all(|line| line.side == DiffSide::Both));
    assert!(comparison.layers.iter().all(|row| row.before == row.after));
}
