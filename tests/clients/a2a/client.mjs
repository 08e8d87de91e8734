// What scripts with @a2a-js/sdk share. A card names its agent as pods know it; here that name leads to the address that was given.
import { randomUUID } from 'node:crypto';
import { Role, taskStateToJSON } from '@a2a-js/sdk';
import { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory, RestTransportFactory } from '@a2a-js/sdk/client';

/** A client of the agent at an address, over the transport JSONRPC or HTTP+JSON. */
export async function connect(address, transport) {
  const fetchImpl = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    url.host = new URL(address).host;
    return fetch(url, init);
  };
  const options = { fetchImpl };
  const cardResolver = new DefaultAgentCardResolver(options);
  const factory = new ClientFactory({
    transports: [new JsonRpcTransportFactory(options), new RestTransportFactory(options)],
    preferredTransports: [transport],
    cardResolver,
  });
  return { client: await factory.createFromUrl(address), card: await cardResolver.resolve(address) };
}

export const text = (value) => ({ content: { $case: 'text', value }, metadata: undefined, filename: '', mediaType: 'text/plain' });
export const data = (value) => ({ content: { $case: 'data', value }, metadata: undefined, filename: '', mediaType: 'application/json' });
export const message = (parts, more = {}) => ({
  tenant: '',
  message: { messageId: randomUUID(), contextId: '', taskId: '', role: Role.ROLE_USER, parts, metadata: undefined, extensions: [], referenceTaskIds: [], ...more },
  configuration: undefined,
  metadata: undefined,
});
export const later = (request) => ({ ...request, configuration: { acceptedOutputModes: [], taskPushNotificationConfig: undefined, returnImmediately: true } });
export const show = (task) => ({
  id: task.id,
  contextId: task.contextId,
  state: taskStateToJSON(task.status.state),
  words: task.status.message?.parts.map((part) => part.content?.value) ?? [],
  artifacts: task.artifacts?.map((artifact) => ({ name: artifact.name, parts: artifact.parts.map((part) => part.content?.value) })),
  history: task.history?.map((one) => one.role),
});
const happening = ({ payload: { $case: kind, value } }) =>
  kind === 'artifactUpdate'
    ? { kind, name: value.artifact.name, parts: value.artifact.parts.map((part) => part.content?.value) }
    : { kind, id: value.id ?? value.taskId, contextId: value.contextId, state: taskStateToJSON(value.status.state), words: value.status.message?.parts.map((part) => part.content?.value) ?? [] };
export const collect = async (events) => {
  const seen = [];
  for await (const event of events) seen.push(happening(event));
  return seen;
};

