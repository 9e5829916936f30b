// The part of a client that comes back by itself: it says "ready" when it is in a session, and "done" when it is in another one.
let sessions = 0;

export function joined() {
    sessions++;
    console.log(sessions === 1 ? 'ready' : 'done');
}

// Told anything, it ends.
process.stdin.once('data', () => {
    console.log('left');
    process.exit(0);
});
