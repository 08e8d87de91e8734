// Cases one after another; each ends in a line "ok NAME" or "not ok NAME: WHY".
let failed = 0;

export async function check(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}: ${error?.stack ?? error}`);
  }
}

export async function until(what, holds) {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`timed out: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function done() {
  process.exit(failed === 0 ? 0 : 1);
}
