// Connections of npm wampy.
import WebSocket from 'ws';
import { Wampy } from 'wampy';
import { CborSerializer } from 'wampy/CborSerializer.js';
import { JsonSerializer } from 'wampy/JsonSerializer.js';
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
import { serializer, url } from './part.js';

const all = {
    json: () => new JsonSerializer(),
    msgpack: () => new MsgpackSerializer(),
    cbor: () => new CborSerializer(),
};

export function connection(options = {}) {
    return new Wampy(url, {
        realm: 'realm1',
        ws: WebSocket,
        serializer: all[serializer](),
        autoReconnect: false,
        ...options,
    });
}

export const wampy = connection();
