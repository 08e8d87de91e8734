import assert from "node:assert/strict";
import dapr from "@dapr/dapr";
import { check, done } from "../check.mjs";

const { DaprClient, CommunicationProtocolEnum, HttpMethod } = dapr;
const quiet = { level: 0, service: { log() {}, error() {}, warn() {}, info() {}, verbose() {}, debug() {} } };
const client = new DaprClient({
  daprHost: process.env.DAPR_HOST,
  daprPort: process.env.DAPR_PORT,
  daprApiToken: process.env.DAPR_API_TOKEN,
  communicationProtocol: CommunicationProtocolEnum.HTTP,
  logger: quiet,
});
const good = (answer) => assert.equal(answer?.error, undefined);
const failsWith = (run, status) => assert.rejects(run, (error) => JSON.parse(error.message).status === status);

await check("start", () => client.start());
await check("health", async () => assert.equal(await client.health.isHealthy(), true));
await check("metadata", async () => {
  const metadata = await client.metadata.get();
  assert.equal(metadata.id, "js");
  const store = metadata.components.find((component) => component.name === "store");
  for (const capability of ["ETAG", "TRANSACTIONAL", "ACTOR"]) assert.ok(store.capabilities.includes(capability));
  assert.equal(await client.metadata.set("color", "blue"), true);
  assert.equal((await client.metadata.get()).extended.color, "blue");
});
await check("state save and get", async () => {
  good(await client.state.save("store", [{ key: "a", value: "text" }, { key: "b", value: { x: 1 } }, { key: "c", value: 3 }]));
  assert.equal(await client.state.get("store", "a"), "text");
  assert.deepEqual(await client.state.get("store", "b"), { x: 1 });
  assert.equal(await client.state.get("store", "none"), "");
});
await check("state bulk", async () => {
  const rows = await client.state.getBulk("store", ["c", "none", "b"]);
  assert.deepEqual(rows.map((row) => row.key), ["c", "none", "b"]);
  assert.deepEqual(rows.map((row) => row.data), [3, undefined, { x: 1 }]);
});
await check("state etags", async () => {
  const [row] = await client.state.getBulk("store", ["b"]);
  assert.ok((await client.state.save("store", [{ key: "b", value: 2, etag: "wrong" }])).error);
  good(await client.state.save("store", [{ key: "b", value: 2, etag: row.etag }]));
  assert.ok((await client.state.delete("store", "b", { etag: row.etag })).error);
  const [next] = await client.state.getBulk("store", ["b"]);
  good(await client.state.delete("store", "b", { etag: next.etag }));
  assert.equal(await client.state.get("store", "b"), "");
});
await check("state time to live", async () => {
  good(await client.state.save("store", [{ key: "t", value: 1, metadata: { ttlInSeconds: "1000" } }]));
  assert.ok((await client.state.getBulk("store", ["t"]))[0].metadata.ttlExpireTime);
  good(await client.state.save("store", [{ key: "t", value: 1, metadata: { ttlInSeconds: "1000" } }], { metadata: { ttlInSeconds: "-1" } }));
  assert.equal((await client.state.getBulk("store", ["t"]))[0].metadata, undefined);
});
await check("state transaction", async () => {
  await client.state.transaction("store", [
    { operation: "upsert", request: { key: "x", value: 1 } },
    { operation: "delete", request: { key: "a" } },
  ]);
  assert.equal(await client.state.get("store", "x"), 1);
  assert.equal(await client.state.get("store", "a"), "");
});
await check("state of an unknown store", () => failsWith(() => client.state.get("nothing", "a"), 400));
await check("publish", async () => {
  good(await client.pubsub.publish("bus", "t", "text"));
  good(await client.pubsub.publish("bus", "t", { x: 1 }));
  good(await client.pubsub.publish("bus", "t", { specversion: "1.0", type: "t", source: "s", id: "1", data: 1 }));
  assert.ok((await client.pubsub.publish("nothing", "t", "text")).error);
});
await check("publish many", async () => {
  assert.deepEqual((await client.pubsub.publishBulk("bus", "t", ["a", { x: 1 }])).failedMessages, []);
  const twice = [{ entryID: "1", event: "a", contentType: "text/plain" }, { entryID: "1", event: "b", contentType: "text/plain" }];
  assert.equal((await client.pubsub.publishBulk("bus", "t", twice)).failedMessages.length, 2);
});
await check("secrets", async () => {
  assert.deepEqual(await client.secret.get("secrets", "TEST_SECRET_1"), { TEST_SECRET_1: "secret_val_1" });
  assert.deepEqual((await client.secret.getBulk("secrets")).TEST_SECRET_2, { TEST_SECRET_2: "secret_val_2" });
  await failsWith(() => client.secret.get("nothing", "a"), 401);
});
await check("invoke an app that is not there", () => failsWith(() => client.invoker.invoke("nobody", "m", HttpMethod.GET), 500));
await check("what is not there", () => failsWith(() => client.lock.lock("store", "r", "me", 10), 501));
await check("shutdown", async () => {
  await client.sidecar.shutdown();
});
await client.stop();
done();
