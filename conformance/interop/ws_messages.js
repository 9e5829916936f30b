// npm ws exchanges large messages, with or without compression, by hand: HELLO, SUBSCRIBE, PUBLISH.
import { WebSocket } from 'ws';

const [url, compression] = process.argv.slice(2);
const offer = compression === 'compressed' ? { serverMaxWindowBits: 12, clientMaxWindowBits: 12 } : false;
const socket = new WebSocket(url, ['wamp.2.json'], { perMessageDeflate: offer });
const text = '0123456789'.repeat(5000);
let answers = 0;

const send = (message) => socket.send(JSON.stringify(message), { compress: true });

socket.on('open', () => {
    if (Boolean(socket.extensions) !== Boolean(offer)) {
        console.log(`failed: agreed on '${socket.extensions}'`);
    }
    send([1, 'realm1', { roles: { publisher: {}, subscriber: {} } }]);
});
socket.on('message', (data) => {
    const message = JSON.parse(data);
    if (message[0] === 2) {
        send([32, 1, {}, 'a.topic']);
    } else if (message[0] === 33) {
        for (let request = 2; request < 12; request++) {
            send([16, request, { exclude_me: false }, 'a.topic', [text + request]]);
        }
    } else if (message[0] === 36 && message[4][0] === text + (answers + 2)) {
        answers++;
        if (answers === 10) {
            socket.ping('last', true, () => socket.once('pong', () => socket.close(4000)));
        }
    }
});
socket.on('close', (code) => console.log(answers === 10 && code === 4000 ? 'ready' : `failed: ${answers} answers, closed ${code}`));
socket.on('error', (error) => console.log(`failed: ${error.message}`));
