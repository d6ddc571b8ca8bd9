import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from '../integration/server/standIn.js';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

let server: StandIn;
let browser: Browser;
let page: Page;
/** What the page asked of anyone but the server, and what it complained about. */
let elsewhere: string[];
let complaints: string[];

beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}; CHROMIUM names another`);
  server = await startStandIn(
    {},
    {
      graphiql: {
        samples: [
          { name: 'Who is asking', query: 'query WhoAsks { caller }' },
          {
            name: 'One note',
            query: 'query OneNote($id: ID!) { note(id: $id) { id text } }',
            variables: { id: 'note-1' },
          },
          { name: 'Ticks as they come', query: 'subscription Ticks { ticks }' },
        ],
        tokens: [
          { role: 'OFFICER', token: 'good' },
          { role: 'NOBODY', token: 'forged' },
        ],
      },
    },
  );
  browser = await chromium.launch({ executablePath, args });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  elsewhere = [];
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('request', request => {
    if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  await page.goto(server.url);
  await editorShows('WhoAsks');
  return () => page.close();
});

const editorShows = (text: string) => page.locator('.graphiql-query-editor .view-lines', { hasText: text }).waitFor();
const openTab = async (name: string) => {
  await page.getByRole('tab', { name }).click();
  await editorShows(name);
};
const run = () => page.getByRole('button', { name: /Execute query/ }).click();
const answer = () => page.locator('.graphiql-response .view-lines');
const shows = async (text: RegExp) => {
  // Monaco writes spaces as no-break spaces.
  const pattern = new RegExp(text.source.replaceAll(' ', '\\s*'));
  await expect.poll(() => answer().textContent(), { timeout: 20_000 }).toMatch(pattern);
};

describe('GraphiQL', () => {
  it('comes whole from the server and keeps to its rules', async () => {
    expect(page.url()).toBe(`${server.url}/graphiql`);
    await run();
    await shows(/"caller": "someone"/);
    await page.getByLabel('Show Documentation Explorer').click();
    await page.getByRole('link', { name: 'Query' }).first().waitFor();
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('asks as whoever is chosen', async () => {
    await page.getByLabel('Ask as').selectOption('NOBODY');
    await run();
    await shows(/UNAUTHENTICATED/);
  });

  it('lets a token in the Headers tab go before the choice', async () => {
    await page.getByLabel('Ask as').selectOption('NOBODY');
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor').last().click();
    await page.keyboard.insertText('{ "Authorization": "Bearer good" }');
    await run();
    await shows(/"caller": "someone"/);
  });

  it('opens each sample in a tab, with its variables', async () => {
    await openTab('OneNote');
    await run();
    await shows(/"text": "A note"/);
  });

  it('shows what a subscription sends, as it comes', async () => {
    await openTab('Ticks');
    await run();
    const timer = setInterval(() => server.tick(41), 20);
    await shows(/"ticks": 41/);
    clearInterval(timer);
    const later = setInterval(() => server.tick(42), 20);
    await shows(/"ticks": 42/);
    clearInterval(later);
  });
});
