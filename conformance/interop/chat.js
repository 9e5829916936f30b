// Opens the chat page in two browsers, says something in the first and prints what both show: node chat.js URL
import { JSDOM } from 'jsdom';

const open = () => JSDOM.fromURL(process.argv[2], { runScripts: 'dangerously', resources: 'usable' });

/** Resolves when the page shows what `holds` wants. */
const shows = ({ window }, holds) =>
    new Promise((resolve) => {
        const look = () => holds(window.document) && resolve();
        new window.MutationObserver(look).observe(window.document, {
            subtree: true,
            childList: true,
            characterData: true,
        });
        look();
    });

const pages = [await open(), await open()];
const state = (document) => document.getElementById('state').textContent;
await Promise.all(pages.map((page) => shows(page, (document) => state(document).startsWith('connected'))));
const { document, Event } = pages[0].window;
document.getElementById('name').value = 'ann';
document.getElementById('text').value = 'hello';
document.getElementById('say').dispatchEvent(new Event('submit', { cancelable: true }));
await Promise.all(pages.map((page) => shows(page, (shown) => shown.querySelector('#log li'))));
pages.forEach((page) => console.log(page.window.document.querySelector('#log li').textContent));
process.exit(0);
