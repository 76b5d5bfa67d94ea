// How each service answers from here, or why it does not.
const reach = (url) =>
  fetch(url, { signal: AbortSignal.timeout(3000) }).then(
    ({ status }) => status,
    (error) => error.cause?.code ?? error.name,
  );

const [backend, frontend] = await Promise.all(['http://backend:8000/health', 'http://frontend:8501/health'].map(reach));
console.log(JSON.stringify({ backend, frontend }));
