// @a2a-js/sdk as a client of an agent that reviews: node review.mjs ADDRESS TRANSPORT FILE, TRANSPORT being JSONRPC or HTTP+JSON, FILE a diff.
import { readFile } from 'node:fs/promises';
import { TaskState } from '@a2a-js/sdk';
import { print } from '../print.mjs';
import { collect, connect, data, message, show, text } from './client.mjs';

const [, , address, transport, file] = process.argv;
const diff = await readFile(file, 'utf8');
const skill = { metadata: { skillId: 'review.analyze' } };
let client, card, reviewed;

await print({
  connect: async () => {
    ({ client, card } = await connect(address, transport));
    return { transport: client.transport.protocolName, version: client.protocolVersion, card };
  },
  send: async () => show((reviewed = await client.sendMessage(message([data({ skillId: 'review.analyze', input: { diff } })])))),
  get: async () => show(await client.getTask({ tenant: '', id: reviewed.id })),
  getWithoutHistory: async () => show(await client.getTask({ tenant: '', id: reviewed.id, historyLength: 0 })),
  list: async () => {
    const page = await client.listTasks({ tenant: '', contextId: reviewed.contextId, status: TaskState.TASK_STATE_COMPLETED, pageToken: '', statusTimestampAfter: undefined, includeArtifacts: true });
    return { tasks: page.tasks.map(show), totalSize: page.totalSize };
  },
  stream: () => collect(client.sendMessageStream(message([data({ diff })], skill))),
  text: async () => show(await client.sendMessage(message([text(diff)], skill))),
  missing: async () => {
    const asked = await client.sendMessage(message([data({ skillId: 'review.analyze' })]));
    return { asked: show(asked), ended: show(await client.sendMessage(message([data({ diff })], { taskId: asked.id, contextId: asked.contextId }))) };
  },
  tooLarge: async () => show(await client.sendMessage(message([data({ diff: 'x'.repeat(300_000) })], skill))),
  emptyMessage: async () => show(await client.sendMessage(message([]))),
  moreForEnded: async () => show(await client.sendMessage(message([text('more')], { taskId: reviewed.id, contextId: reviewed.contextId }))),
  cancelEnded: async () => show(await client.cancelTask({ tenant: '', id: reviewed.id, metadata: undefined })),
  unknownTask: async () => show(await client.getTask({ tenant: '', id: 'no-such-task' })),
  subscribeEnded: () => collect(client.resubscribeTask({ tenant: '', id: reviewed.id })),
  push: () => client.getTaskPushNotificationConfig({ tenant: '', taskId: reviewed.id, id: 'one' }),
});
