// The image's health check: 0 when the service can do its work, that is when the database answers and is not behind.
const { status } = await fetch(`http://127.0.0.1:${process.env.PORT || 8000}/health`, {
  signal: AbortSignal.timeout(4000),
}).catch(() => ({ status: 0 }));
process.exit(status === 200 ? 0 : 1);
