/** The page's own parts, kept as text so that they are served as they are written here. */

export const graphiqlMarkup = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>identity-graph</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<link rel="stylesheet" href="/graphiql/page.css">
</head>
<body>
<div id="page"></div>
<script type="application/json" id="examples"><!--examples--></script>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/page.js"></script>
</body>
</html>
`;

export const graphiqlStyle = `
html, body, #page { height: 100%; margin: 0; }
.page { display: flex; flex-direction: column; height: 100%; font: 14px/1.4 system-ui, sans-serif; }
.page form { display: flex; gap: .75rem; align-items: center; padding: .4rem .9rem; border-bottom: 1px solid #d0d7de; }
.page form input { flex: 0 1 28rem; padding: .25rem .5rem; }
.page .graphiql-container { flex: 1; min-height: 0; }
.page p { padding: 1rem; }
`;

export const graphiqlScript = `
'use strict';
const e = React.createElement;
const examples = JSON.parse(document.getElementById('examples').textContent);

function Page() {
  const [token, setToken] = React.useState(sessionStorage.getItem('token') || '');
  const [typed, setTyped] = React.useState(token);
  const fetcher = React.useMemo(
    () => GraphiQL.createFetcher({ url: '/graphql', headers: { authorization: 'Bearer ' + token } }),
    [token],
  );
  const enter = (event) => {
    event.preventDefault();
    sessionStorage.setItem('token', typed.trim());
    setToken(typed.trim());
  };
  return e('div', { className: 'page' },
    e('form', { onSubmit: enter },
      e('strong', null, 'identity-graph'),
      e('label', { htmlFor: 'token' }, 'API token'),
      e('input', { id: 'token', type: 'password', autoComplete: 'off', autoFocus: !token, value: typed, onChange: (event) => setTyped(event.target.value) }),
      e('button', { type: 'submit' }, 'Use')),
    token
      ? e(GraphiQL, { key: token, fetcher, defaultTabs: examples, shouldPersistHeaders: false })
      : e('p', null, 'Enter an API token: the service printed one for its administrator at its first start.'));
}

ReactDOM.createRoot(document.getElementById('page')).render(e(Page));
`;
