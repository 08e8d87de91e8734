// @a2a-js/sdk as a client of an agent whose tool needs a yes: node approval.mjs ADDRESS TRANSPORT FILE, TRANSPORT being JSONRPC or HTTP+JSON, FILE a diff.
import { readFile } from 'node:fs/promises';
import { print } from '../print.mjs';
import { collect, connect, data, later, message, show, text } from './client.mjs';

const [, , address, transport, file] = process.argv;
const diff = await readFile(file, 'utf8');
const { client } = await connect(address, transport);

const ask = () => client.sendMessage(message([data({ skillId: 'release', diff })]));
const answer = (task, parts) => client.sendMessage(message(parts, { taskId: task.id, contextId: task.contextId }));
const decide = async (parts) => {
  const asked = await ask();
  return { asked: show(asked), ended: show(await answer(asked, parts)) };
};

await print({
  approve: () => decide([data({ decision: 'Approve' })]),
  approveInWords: () => decide([text('Yes.')]),
  deny: () => decide([data({ decision: 'Deny', comment: 'Not today.' })]),
  unclear: () => decide([text('Perhaps.')]),
  streamed: async () => {
    const events = await collect(client.sendMessageStream(message([data({ skillId: 'release', diff })])));
    const asked = { id: events[0].id, contextId: events[0].contextId };
    const rest = await collect(client.sendMessageStream(message([text('approve')], { taskId: asked.id, contextId: asked.contextId })));
    return { events, rest };
  },
  cancelWaiting: async () => show(await client.cancelTask({ tenant: '', id: (await ask()).id, metadata: undefined })),
  cancelRunning: async () => {
    const begun = await client.sendMessage(later(message([data({ skillId: 'wait', text: 'for ever' })])));
    const watched = client.resubscribeTask({ tenant: '', id: begun.id });
    await watched.next();
    const cancelled = await client.cancelTask({ tenant: '', id: begun.id, metadata: undefined });
    return { begun: show(begun), cancelled: show(cancelled), watched: await collect(watched) };
  },
  whichSkill: async () => {
    const asked = await client.sendMessage(message([text(diff)]));
    const named = await answer(asked, [text('release')]);
    return { asked: show(asked), named: show(named) };
  },
});
