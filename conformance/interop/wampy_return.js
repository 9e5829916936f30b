// npm wampy, left to connect again as it does by default.
import WebSocket from 'ws';
import { Wampy } from 'wampy';
import { url } from './part.js';
import { joined } from './return.js';

const wampy = new Wampy(url, { realm: 'realm1', ws: WebSocket, onReconnectSuccess: joined });
await wampy.connect();
joined();
