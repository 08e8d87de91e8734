// A script's result: what each part of it gives, as one JSON document; a part that fails gives its error.
export async function print(parts) {
  const result = {};
  for (const [name, run] of Object.entries(parts)) {
    try {
      result[name] = (await run()) ?? null;
    } catch (error) {
      result[name] = { error: { name: error?.name, code: error?.code, message: String(error?.message ?? error) } };
    }
  }
  process.stdout.write(JSON.stringify(result));
  process.exit(0);
}
