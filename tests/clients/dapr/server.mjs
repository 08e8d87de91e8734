import assert from "node:assert/strict";
import dapr from "@dapr/dapr";
import { check, done, until } from "../check.mjs";

const { DaprServer, CommunicationProtocolEnum, DaprPubSubStatusEnum, HttpMethod } = dapr;
const quiet = { level: 0, service: { log() {}, error() {}, warn() {}, info() {}, verbose() {}, debug() {} } };
const { APP_HOST = "127.0.0.1", APP_PORT, DAPR_HOST, DAPR_PORT, APP_ID = "js" } = process.env;
const server = new DaprServer({
  serverHost: APP_HOST,
  serverPort: APP_PORT,
  communicationProtocol: CommunicationProtocolEnum.HTTP,
  clientOptions: { daprHost: DAPR_HOST, daprPort: DAPR_PORT, communicationProtocol: CommunicationProtocolEnum.HTTP, logger: quiet },
  logger: quiet,
});
const client = server.client;
const got = {};
const take = (name, answer) => async (data, headers) => {
  (got[name] ??= []).push({ data, headers });
  return answer?.(got[name].length);
};
const arrived = (name, count = 1) => until(() => `${name} ${JSON.stringify(got[name])}`, () => (got[name]?.length ?? 0) >= count);

await server.pubsub.subscribe("bus", "plain", take("plain"));
await server.pubsub.subscribe("bus", "routed", take("routed-own"), "/own");
await server.pubsub.subscribeWithOptions("bus", "rules", {
  route: { rules: [{ match: `event.type == "order"`, path: "/orders" }], default: "/rest" },
});
server.pubsub.subscribeToRoute("bus", "rules", "/orders", take("orders"));
server.pubsub.subscribeToRoute("bus", "rules", "/rest", take("rest"));
await server.pubsub.subscribe("bus", "raw", take("raw"), undefined, { rawPayload: true });
await server.pubsub.subscribeBulk("bus", "bulk", take("bulk"), { maxMessagesCount: 10, maxAwaitDurationMs: 100 });
await server.pubsub.subscribe("bus", "retry", take("retry", (count) => (count < 3 ? DaprPubSubStatusEnum.RETRY : DaprPubSubStatusEnum.SUCCESS)));
await server.pubsub.subscribeWithOptions("bus", "dropped", {
  callback: take("dropped", () => DaprPubSubStatusEnum.DROP),
  deadLetterTopic: "dropped-dead",
});
await server.pubsub.subscribe("bus", "dropped-dead", take("dead"));
await server.invoker.listen("hello", async ({ query }) => ({ hello: query.split("?").at(-1) }), { method: HttpMethod.GET });
await server.invoker.listen("echo", async ({ body, headers }) => ({ body: JSON.parse(body), caller: headers["dapr-caller-app-id"], mine: headers["x-mine"] }), { method: HttpMethod.POST });

await check("start", () => server.start());
await check("subscriptions are known", async () => {
  let known = [];
  const asking = setInterval(async () => (known = (await client.metadata.get()).subscriptions), 100);
  await until(() => JSON.stringify(known), () => known.length >= 8);
  clearInterval(asking);
});
await check("text", async () => {
  await client.pubsub.publish("bus", "plain", "hello");
  await arrived("plain");
  assert.equal(got.plain[0].data, "hello");
  assert.equal(got.plain[0].headers.pubsubname, "bus");
});
await check("JSON", async () => {
  await client.pubsub.publish("bus", "plain", { x: [1] });
  await arrived("plain", 2);
  assert.deepEqual(got.plain[1].data, { x: [1] });
});
await check("CloudEvent", async () => {
  await client.pubsub.publish("bus", "plain", { specversion: "1.0", type: "t", source: "s", id: "1", data: "inside" });
  await arrived("plain", 3);
  assert.equal(got.plain[2].data, "inside");
});
await check("route of its own", async () => {
  await client.pubsub.publish("bus", "routed", "x");
  await arrived("routed-own");
});
await check("rules", async () => {
  await client.pubsub.publish("bus", "rules", "one", { metadata: { "cloudevent.type": "order" } });
  await arrived("orders");
  await client.pubsub.publish("bus", "rules", "two");
  await arrived("rest");
  assert.deepEqual([got.orders[0].data, got.rest[0].data], ["one", "two"]);
});
await check("raw payload", async () => {
  await client.pubsub.publish("bus", "raw", "bytes", { metadata: { rawPayload: true } });
  await arrived("raw");
  assert.equal(got.raw[0].data, "bytes");
});
await check("bulk", async () => {
  await client.pubsub.publishBulk("bus", "bulk", ["a", "b", "c"]);
  await arrived("bulk", 3);
  assert.deepEqual(got.bulk.map((one) => one.data).sort(), ["a", "b", "c"]);
});
await check("retry", async () => {
  await client.pubsub.publish("bus", "retry", "again");
  await arrived("retry", 3);
});
await check("dead letters", async () => {
  await client.pubsub.publish("bus", "dropped", "lost");
  await arrived("dead");
  assert.equal(got.dead[0].data, "lost");
});
await check("invoke GET", async () => assert.deepEqual(await client.invoker.invoke(APP_ID, "hello?a=1", HttpMethod.GET), { hello: "a=1" }));
await check("invoke POST", async () =>
  assert.deepEqual(await client.invoker.invoke(APP_ID, "echo", HttpMethod.POST, { x: 1 }, { headers: { "x-mine": "2" } }), { body: { x: 1 }, caller: APP_ID, mine: "2" }));
await client.sidecar.shutdown();
done();
