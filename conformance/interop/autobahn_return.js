// npm autobahn, left to connect again as it does by default.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { url } from './part.js';
import { joined } from './return.js';

globalThis.WebSocket = WebSocket;
const autobahn = createRequire(import.meta.url)('autobahn');
const connection = new autobahn.Connection({ url, realm: 'realm1' });
connection.onopen = joined;
connection.open();
