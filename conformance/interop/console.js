// Uses the console in Chromium and prints for each case a line "NAME: WHAT THE PAGE SHOWS".
// node console.js EXECUTABLE SCREENSHOTS (NAME KIND URL)...
import { createServer, connect } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [executablePath, screenshots, ...rest] = process.argv.slice(2);
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

const PAGES = ['overview', 'sessions', 'topics', 'procedures', 'tail', 'try', 'slow', 'configuration', 'log'];

async function open(url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    page.on('pageerror', (failure) => console.log(`error in the page: ${failure.message}`));
    page.on('console', (line) => line.type() === 'error' && /Content Security Policy|Uncaught/.test(line.text()) && console.log(line.text()));
    await page.goto(url);
    return page;
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const go = async (page, name) => {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await heading(page, name);
};
const row = (page, text) => page.getByRole('row').filter({ hasText: text });
const cell = async (page, text, column) => {
    const headers = await page.getByRole('columnheader').allTextContents();
    const index = headers.findIndex((header) => header.startsWith(column));
    return row(page, text).first().getByRole('cell').nth(index).textContent();
};
const shot = (page, name) => (screenshots === '-' ? undefined : page.screenshot({ path: `${screenshots}/console-${name}.png` }));

async function logIn(page, user, password) {
    await page.getByLabel('User', { exact: true }).fill(user);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
}

/** A proxy of TCP whose connections can be cut. */
async function cuttable(url) {
    const target = new URL(url);
    const sockets = new Set();
    const server = createServer((near) => {
        const far = connect(target.port, target.hostname);
        for (const [one, other] of [[near, far], [far, near]]) {
            sockets.add(one);
            one.pipe(other);
            one.on('error', () => other.destroy()).on('close', () => {
                sockets.delete(one);
                other.destroy();
            });
        }
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}${target.pathname}`,
        cut: () => sockets.forEach((socket) => socket.destroy()),
        close: () => server.close(),
    };
}

const kinds = {
    /** A newcomer sees two programs, calls the procedure of one, publishes, and sees the event. */
    async newcomer(url) {
        const page = await open(url);
        await heading(page, 'Overview');
        await page.getByText('Messages in /s').waitFor();
        await go(page, 'Sessions');
        await page.getByText(/of \d+ sessions/).waitFor();
        const sessions = await page.getByRole('status').textContent();
        await go(page, 'Topics');
        const subscribers = await (await row(page, 'com.example.news').first().waitFor(), cell(page, 'com.example.news', 'Subscribers'));
        await go(page, 'Procedures');
        await row(page, 'com.example.add').first().getByRole('button').click();
        await page.getByRole('link', { name: 'Call it' }).click();
        await heading(page, 'Try it');
        await page.getByLabel('Arguments (JSON list)', { exact: true }).fill('[3, 4]');
        await page.getByRole('button', { name: 'Call', exact: true }).click();
        const log = page.getByRole('log', { name: 'What happened' });
        await log.getByText('result of com.example.add').waitFor();
        const result = (await log.locator('pre').first().textContent()).replace(/\s+/g, '');
        await page.getByLabel('Subscribe').check();
        await page.getByLabel('Topic').fill('com.example.mine');
        await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
        await page.getByText('subscribed to com.example.mine').waitFor();
        await page.getByLabel('Publish').check();
        await page.getByLabel('Arguments (JSON list)', { exact: true }).fill('["hello"]');
        await page.getByRole('button', { name: 'Publish', exact: true }).click();
        await log.getByText('event of com.example.mine').waitFor();
        await shot(page, 'try');
        return `${sessions}, ${subscribers} subscriber, ${result}, the event came`;
    },

    /** An echo that the page registers answers its own call. */
    async echo(url) {
        const page = await open(`${url}#/try`);
        await page.getByLabel('Register an echo').check();
        await page.getByLabel('Procedure').fill('com.example.echo');
        await page.getByRole('button', { name: 'Register an echo' }).click();
        await page.getByText('answers com.example.echo').waitFor();
        await page.getByLabel('Call', { exact: true }).check();
        await page.getByLabel('Keyword arguments (JSON map)').fill('{"a": {"b": [1.5, null]}}');
        await page.getByRole('button', { name: 'Call', exact: true }).click();
        await page.getByText('result of com.example.echo').waitFor();
        return (await page.getByRole('log').locator('pre').first().textContent()).replace(/\s+/g, '');
    },

    /** Wrong input and errors are shown in words. */
    async mistakes(url) {
        const page = await open(`${url}#/try`);
        await page.getByLabel('Procedure').fill('com.example.absent');
        await page.getByLabel('Arguments (JSON list)', { exact: true }).fill('{"a": 1}');
        await page.getByRole('button', { name: 'Call', exact: true }).click();
        const alert = page.getByRole('alert');
        const first = await alert.textContent();
        await page.getByLabel('Arguments (JSON list)', { exact: true }).fill('[]');
        await page.getByRole('button', { name: 'Call', exact: true }).click();
        await alert.filter({ hasText: 'no_such_procedure' }).waitFor();
        return `${first} | ${await alert.textContent()}`;
    },

    /** A file with mistakes is refused with all of them; the listeners are shown. */
    async reload(url) {
        const page = await open(`${url}#/configuration`);
        await page.getByRole('listitem').filter({ hasText: new URL(url).hostname }).first().waitFor();
        await page.getByRole('button', { name: 'Read the file again' }).click();
        const alert = page.getByRole('alert');
        await alert.waitFor();
        await shot(page, 'configuration');
        return (await alert.getByRole('listitem').allTextContents()).map((text) => text.replace(/^.*[/]/, '')).join(' | ');
    },

    /** The log is shown, and a logger tells more. */
    async log(url) {
        const page = await open(`${url}#/log`);
        await page.getByText('How much is logged').click();
        await page.getByLabel('Level').selectOption('debug');
        await page.getByRole('button', { name: 'Set' }).click();
        const line = page.getByRole('listitem').filter({ hasText: 'tells debug from now on' });
        await line.first().waitFor();
        await shot(page, 'log');
        const text = await line.first().textContent();
        await page.getByLabel('Level').selectOption('');
        await page.getByRole('button', { name: 'Set' }).click();
        await page.getByLabel('Filter').fill('nothing has this text');
        await page.getByText(/^0 of \d+ lines/).waitFor();
        return text.slice(text.indexOf('info'));
    },

    /** A user logs in with the wrong password, then with the right one, and logs out. */
    async login(url) {
        const page = await open(url);
        await page.getByRole('button', { name: 'Log in' }).waitFor();
        await logIn(page, 'ann', 'wrong');
        const alert = page.getByRole('alert').filter({ hasText: 'authentication_denied' });
        await alert.waitFor();
        const refused = await alert.textContent();
        await logIn(page, 'ann', 'tea-at-five-in-june');
        await heading(page, 'Overview');
        const who = await page.locator('.who').textContent();
        await page.getByRole('button', { name: 'Log out' }).click();
        await page.getByRole('button', { name: 'Log in' }).waitFor();
        return `${refused} | ${who}`;
    },

    /** A user of a role that the console is not for. */
    async otherRole(url) {
        const page = await open(url);
        await page.getByRole('button', { name: 'Log in' }).waitFor();
        await logIn(page, 'guest', 'cold-coffee-at-noon');
        const alert = page.getByRole('alert').filter({ hasText: 'role' });
        await alert.waitFor();
        return alert.textContent();
    },

    /** A role without permissions is told the rule that it needs. */
    async denied(url) {
        const page = await open(url);
        const alert = page.getByRole('alert');
        await alert.waitFor();
        return alert.textContent();
    },

    /** The page ends the session of a program. */
    async kill(url) {
        const page = await open(`${url}#/sessions`);
        await page.getByLabel('Search sessions').fill('victim');
        await row(page, 'victim').getByRole('button').first().click();
        await page.getByLabel('Message').fill('have a break');
        await shot(page, 'session');
        await page.getByRole('button', { name: 'End this session' }).click();
        await page.getByText('No session is found.').waitFor();
        return page.getByRole('status').textContent();
    },

    /** Events that come faster than a person reads. */
    async tail(url) {
        const page = await open(`${url}#/tail?topic=com.example.load&match=prefix`);
        await page.waitForFunction(() => Number(document.body.textContent.match(/([\d,]+) events,/)?.[1].replace(/,/g, '')) >= 5000);
        await page.getByRole('button', { name: 'Pause' }).click();
        await page.getByLabel('Filter events').fill('com.example.load.7');
        const lines = await page.getByRole('list', { name: 'Events' }).getByRole('listitem').allTextContents();
        await shot(page, 'tail');
        return `${lines.length > 0 && lines.every((line) => line.includes('com.example.load.7')) ? 'filtered' : lines.join()}`;
    },

    /** The connection breaks and comes back. */
    async dropped(url) {
        const proxy = await cuttable(url);
        const page = await open(`${proxy.url}#/sessions`);
        await heading(page, 'Sessions');
        proxy.cut();
        await page.getByText('Connecting').waitFor();
        const why = await page.getByRole('alert').textContent();
        await heading(page, 'Sessions');
        await page.getByText(/of \d+ sessions/).waitFor();
        proxy.close();
        return `${why.replace(/ \(.*/, '')}, then back`;
    },

    /** No page has a finding of axe, is too wide for a phone, or cannot be reached by the keyboard. */
    async accessible(url) {
        const found = [];
        for (const colorScheme of ['light', 'dark']) {
            for (const [width, height] of [[1200, 800], [360, 740]]) {
                const page = await open(url, { colorScheme, viewport: { width, height }, bypassCSP: true });
                await heading(page, 'Overview');
                await page.addScriptTag({ content: axe });
                for (const name of PAGES) {
                    await page.evaluate((to) => (location.hash = `#/${to}`), name);
                    await page.getByRole('heading', { level: 1 }).waitFor();
                    await page.waitForTimeout(500);
                    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
                    violations.forEach(({ id, nodes }) => found.push(`${name} ${colorScheme} ${width}: ${id} ${nodes[0].html.slice(0, 120)}`));
                    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                    if (wide > 0) {
                        found.push(`${name} is ${wide} pixels too wide at ${width}`);
                    }
                    await shot(page, `${name}-${colorScheme}-${width}`);
                }
                await page.context().close();
            }
        }
        return found.length === 0 ? 'nothing found' : found.join(' || ');
    },

    /** With the keyboard alone: to the sessions, into one, and back. */
    async keyboard(url) {
        const page = await open(`${url}#/sessions`);
        await page.getByText(/of \d+ sessions/).waitFor();
        for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement.matches('.link'))); i++) {
            await page.keyboard.press('Tab');
        }
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        return 'opened and closed a session';
    },

    /** Many sessions: how many rows are in the document, and the longest frame while the list scrolls. */
    async many(url) {
        const page = await open(`${url}#/sessions`);
        await page.getByText(/of 10,\d+ sessions/).waitFor({ timeout: 120_000 });
        const longest = await page.evaluate(async () => {
            const rows = document.querySelector('.rows');
            let last = performance.now();
            let slowest = 0;
            for (let i = 0; i < 120; i++) {
                rows.scrollTop += 2500;
                await new Promise(requestAnimationFrame);
                const now = performance.now();
                slowest = Math.max(slowest, now - last);
                last = now;
            }
            return slowest;
        });
        const inDocument = await page.getByRole('row').count();
        await page.getByLabel('Search sessions').fill('nothing-like-this');
        await page.getByText('No session is found.').waitFor();
        if (screenshots !== '-') {
            writeFileSync(`${screenshots}/console-frames.txt`, `the longest of 120 frames while scrolling took ${Math.round(longest)} ms\n`);
        }
        return inDocument < 100 ? 'only the rows in view' : `${inDocument} rows`;
    },
};

for (let i = 0; i < rest.length; i += 3) {
    const [name, kind, url] = rest.slice(i, i + 3);
    const result = await kinds[kind](url).catch(async (failure) => {
        const pages = browser.contexts().flatMap((context) => context.pages());
        const texts = await Promise.all(pages.map((page) => page.locator('body').innerText().catch(() => page.url())));
        return `${failure.message}; the page shows ${texts.join(' | ').slice(0, 600)}`;
    });
    console.log(`${name}: ${result.replaceAll('\n', ' ')}`);
    await Promise.all(browser.contexts().map((context) => context.close()));
}
await browser.close();
