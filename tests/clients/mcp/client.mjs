// @modelcontextprotocol/sdk as a client of an agent that reviews: node client.mjs URL SKILL FILE, FILE being a diff.
import { readFile } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { print } from '../print.mjs';

const [, , url, skill, file] = process.argv;
const diff = await readFile(file, 'utf8');
const client = new Client({ name: 'a-client', version: '1.0.0' });
const transport = new StreamableHTTPClientTransport(new URL(url));

await print({
  initialize: async () => {
    await client.connect(transport);
    return { server: client.getServerVersion(), capabilities: client.getServerCapabilities(), instructions: client.getInstructions(), protocol: transport.protocolVersion };
  },
  ping: () => client.ping(),
  tools: async () => (await client.listTools()).tools,
  call: async () => {
    const progress = [];
    const result = await client.callTool({ name: skill, arguments: { diff } }, undefined, { onprogress: (happening) => progress.push(happening) });
    return { ...result, progress };
  },
  badInput: () => client.callTool({ name: skill, arguments: { diff: 7 } }),
  noInput: () => client.callTool({ name: skill }),
  unknownTool: () => client.callTool({ name: 'no.such.tool', arguments: {} }),
  resources: () => client.listResources(),
  sideBySide: async () => (await Promise.all(Array.from({ length: 8 }, () => client.callTool({ name: skill, arguments: { diff } })))).map((result) => result.structuredContent?.verdict),
  largeInput: () => client.callTool({ name: skill, arguments: { diff: 'x'.repeat(300_000) } }),
  close: () => client.close(),
});
