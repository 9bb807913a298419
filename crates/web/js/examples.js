// The examples: a file of the page's own, which is loaded when the menu is opened or a link names one.
// Rust is given rows of strings, since the page's wasm has no reader of JSON.

let loading;

async function load() {
  const response = await fetch(new URL("examples.json", document.baseURI));
  if (!response.ok) throw new Error(`examples.json: ${response.status}`);
  return response.json();
}

async function all() {
  loading ??= load();
  try {
    return await loading;
  } catch (error) {
    // The next opening tries again.
    loading = undefined;
    throw error;
  }
}

/** The menu in rows: heading, id, title, story, target. */
export async function listExamples() {
  const { examples } = await all();
  return examples.map(({ group, id, title, story, target }) => [group, id, title, story, target]);
}

/**
 * One example: its listing, its Dockerfile and ignore file, those of the step before, what is said of
 * a step, the id of the next one, which are no strings where there are none; then paths and texts of
 * manifests. Empty where there is none.
 */
export async function readExample(id) {
  const { examples, projects } = await all();
  const find = (wanted) => examples.find((example) => example.id === wanted);
  const example = find(id);
  if (!example) return [];
  const { listing, manifests } = projects[example.project];
  const before = find(example.after);
  const texts = [example, before ?? {}].flatMap((it) => [it.dockerfile, it.dockerignore]);
  const next = examples.find(({ after }) => after === id)?.id;
  const told = before || next ? `${example.title}. ${example.story}` : null;
  return [listing, ...texts, told, next, ...Object.entries(manifests).flat()];
}
