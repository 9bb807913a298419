//! Sizes that others have published of a naive image and its cure, step by step, against the
//! estimates for a service of that kind whose context is given.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::{Input, analyze};

/// A service in TypeScript with PostgreSQL: nobody published the files, so these are assumed.
const MANIFEST: &str = r#"{
  "name": "payments",
  "scripts": { "build": "tsc" },
  "dependencies": {
    "express": "^4.21.0", "pg": "^8.13.0", "ioredis": "^5.4.0", "stripe": "^23.0.0",
    "jsonwebtoken": "^9.0.0", "zod": "^3.23.0", "winston": "^3.15.0", "prom-client": "^15.1.0",
    "helmet": "^8.0.0", "cors": "^2.8.0", "dotenv": "^16.4.0", "axios": "^1.7.0"
  },
  "devDependencies": {
    "typescript": "^5.6.0", "jest": "^29.7.0", "ts-jest": "^29.2.0", "eslint": "^8.57.0",
    "@typescript-eslint/parser": "^6.0.0", "@typescript-eslint/eslint-plugin": "^6.0.0",
    "prettier": "^3.3.0", "supertest": "^7.0.0", "nodemon": "^3.1.0", "ts-node": "^10.9.0",
    "@types/node": "^20.0.0", "@types/express": "^4.17.0", "@types/jest": "^29.5.0"
  }
}"#;

/// A small service, likewise assumed.
const SMALL: &str = r#"{
  "name": "shop",
  "scripts": { "build": "tsc" },
  "dependencies": { "express": "^4.21.0", "pg": "^8.13.0", "pino": "^9.0.0" },
  "devDependencies": { "typescript": "^5.6.0", "jest": "^29.7.0", "eslint": "^8.57.0" }
}"#;

/// Bytes and path of each file.
const CONTEXT: &str = "900 package.json\n480000 package-lock.json\n700 tsconfig.json\n\
                       600000 src/index.ts\n150000 test/index.test.ts\n20000 README.md\n";

/// A build that stays behind; `{node}` is its base.
const BUILDER: &str = "FROM {node} AS builder\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n\
                       COPY . .\nRUN npm run build\n";

/// A step of the cure: what it is, its Dockerfile, and the published megabytes, least and most.
struct Published {
    step: &'static str,
    manifest: &'static str,
    dockerfile: String,
    megabytes: [u64; 2],
}

/// A published size within 25 %.
fn about(megabytes: u64) -> [u64; 2] {
    [megabytes * 75 / 100, megabytes * 125 / 100]
}

fn published() -> Vec<Published> {
    let single = |node: &str| {
        format!(
            "FROM {node}\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n\
             RUN npm run build\nCMD [\"node\", \"dist/index.js\"]\n"
        )
    };
    let multiple = |builder: &str, node: &str, install: &str| {
        format!(
            "{}FROM {node}\nWORKDIR /app\nCOPY package*.json ./\nRUN {install}\n\
             COPY --from=builder /app/dist ./dist\nCMD [\"node\", \"dist/index.js\"]\n",
            BUILDER.replace("{node}", builder)
        )
    };
    // Nobody published the file of the second step; with everything that was installed copied it
    // comes to what is said of it.
    let copied = format!(
        "{}FROM node:18-slim\nWORKDIR /app\nCOPY --from=builder /app/node_modules ./node_modules\n\
         COPY --from=builder /app/dist ./dist\nCMD [\"node\", \"dist/index.js\"]\n",
        BUILDER.replace("{node}", "node:18")
    );
    let clean = "npm ci --omit=dev && npm cache clean --force";
    let step =
        |step, dockerfile, megabytes| Published { step, manifest: MANIFEST, dockerfile, megabytes };
    let small = |own, dockerfile, megabytes| Published {
        manifest: SMALL,
        ..step(own, dockerfile, megabytes)
    };
    vec![
        step("single stage", single("node:18"), about(1_180)),
        step("two stages", copied, about(380)),
        step("on Alpine", multiple("node:18", "node:18-alpine", "npm ci --omit=dev"), about(182)),
        step("cache cleaned", multiple("node:18-alpine", "node:18-alpine", clean), about(175)),
        small("naive on Node.js 22", single("node:22"), [1_000, 1_600]),
        small("cured on Node.js 22", multiple("node:22", "node:22-alpine", clean), [80, 190]),
    ]
}

fn megabytes(published: &Published) -> u64 {
    let (mut context, _) = read_listing(CONTEXT);
    context.manifests.insert("package.json".to_owned(), published.manifest.to_owned());
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    let report = analyze(&Input {
        dockerfile: published.dockerfile.clone(),
        context: Some(Rc::new(known)),
        ..Input::default()
    });
    report.image_bytes.likely().expect("both images are known").0 / 1_000_000
}

#[test]
fn a_naive_image_and_its_cure_come_out_as_published() {
    let rows = published().into_iter().map(|it| (megabytes(&it), it));
    let rows: Vec<(u64, Published)> = rows.collect();
    let told = rows.iter().map(|(estimated, Published { step, megabytes: [least, most], .. })| {
        format!("{step}: estimated {estimated} MB, published {least} to {most}\n")
    });
    let told: String = told.collect();
    println!("{told}");
    for (estimated, Published { step, megabytes: [least, most], .. }) in &rows {
        assert!((least..=most).contains(&estimated), "{step} is off:\n{told}");
    }
    let cure = rows.iter().take(4).map(|(estimated, _)| *estimated);
    assert!(cure.is_sorted_by(|one, other| one > other), "each step makes it smaller:\n{told}");
}
