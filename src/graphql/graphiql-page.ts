/** The page's parts, kept as text so that they are served as they are written here. */

export const graphiqlMarkup = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>identity-graph</title>
<!--style-->
</head>
<body>
<header>
  <h1>identity-graph</h1>
  <label>Token <input id="token" type="password" autocomplete="off" placeholder="API token"></label>
  <label>Example <select id="example"></select></label>
  <button id="run" title="Ctrl+Enter">Run</button>
  <span id="status" role="status"></span>
</header>
<main>
  <section>
    <label for="query">Query</label>
    <textarea id="query" spellcheck="false"></textarea>
    <label for="variables">Variables</label>
    <textarea id="variables" spellcheck="false">{}</textarea>
  </section>
  <section>
    <label for="answer">Answer</label>
    <pre id="answer" tabindex="0"></pre>
  </section>
  <aside>
    <label for="find">Schema</label>
    <input id="find" type="search" placeholder="type or field" autocomplete="off">
    <div id="docs"></div>
  </aside>
</main>
<!--examples-->
<!--script-->
</body>
</html>
`;

export const graphiqlStyle = `
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; font: 14px/1.4 system-ui, sans-serif; color: #1b1f24; }
header { display: flex; gap: 1rem; align-items: center; padding: .5rem 1rem; border-bottom: 1px solid #d0d7de; }
h1 { font-size: 1rem; margin: 0; }
main { flex: 1; display: grid; grid-template-columns: 2fr 2fr 1fr; min-height: 0; }
section, aside { display: flex; flex-direction: column; min-height: 0; padding: .5rem; border-right: 1px solid #d0d7de; }
textarea, pre { flex: 1; margin: 0; font: 13px/1.45 ui-monospace, monospace; border: 1px solid #d0d7de; padding: .5rem; overflow: auto; resize: none; }
#query { flex: 4; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
#docs { overflow: auto; flex: 1; }
#docs h2 { font-size: .9rem; margin: .8rem 0 .2rem; }
#docs p { margin: .1rem 0; color: #57606a; }
#docs code { font: 12px ui-monospace, monospace; }
`;

export const graphiqlScript = `
'use strict';
const at = (id) => document.getElementById(id);
const examples = JSON.parse(at('examples').textContent);
at('token').value = sessionStorage.getItem('token') ?? '';
for (const [index, example] of examples.entries()) at('example').append(new Option(example.name, String(index)));
const show = () => { at('query').value = examples[Number(at('example').value)]?.query ?? '{ viewer { name } }'; };
show();

async function ask(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + at('token').value },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: await response.json() };
}

async function run() {
  const began = performance.now();
  at('status').textContent = 'asking';
  try {
    sessionStorage.setItem('token', at('token').value);
    const { status, body } = await ask(at('query').value, JSON.parse(at('variables').value || '{}'));
    at('answer').textContent = JSON.stringify(body, null, 2);
    at('status').textContent = status + ' in ' + Math.round(performance.now() - began) + ' ms';
    if (status === 200) await readSchema();
  } catch (error) {
    at('answer').textContent = String(error);
    at('status').textContent = 'failed';
  }
}

const schemaQuery = '{ __schema { types { name kind description fields { name description type { ...T } args { name type { ...T } } }'
  + ' inputFields { name description type { ...T } } enumValues { name description } } } }'
  + ' fragment T on __Type { name kind ofType { name kind ofType { name kind ofType { name kind } } } }';
let types;
async function readSchema() {
  if (types) return;
  const { body } = await ask(schemaQuery, {});
  types = body.data?.__schema.types.filter((type) => !type.name.startsWith('_'));
  document_();
}
function spell(type) {
  if (type.kind === 'NON_NULL') return spell(type.ofType) + '!';
  if (type.kind === 'LIST') return '[' + spell(type.ofType) + ']';
  return type.name;
}
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
function document_() {
  const wanted = at('find').value.toLowerCase();
  const found = (types ?? []).map((type) => {
    const members = [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])];
    const fits = (each) => each.name.toLowerCase().includes(wanted);
    return { type, members: fits(type) ? members : members.filter(fits), named: fits(type) };
  });
  const parts = found.filter((each) => each.named || each.members.length > 0).flatMap(({ type, members }) => [
    element('h2', type.name),
    element('p', type.description ?? ''),
    ...members.flatMap((member) => {
      const args = (member.args ?? []).map((arg) => arg.name + ': ' + spell(arg.type)).join(', ');
      const signature = member.name + (args ? '(' + args + ')' : '') + (member.type ? ': ' + spell(member.type) : '');
      return [element('code', signature), element('p', member.description ?? '')];
    }),
  ]);
  at('docs').replaceChildren(...parts);
}

at('run').addEventListener('click', run);
at('example').addEventListener('change', show);
at('find').addEventListener('input', document_);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
});
if (at('token').value) readSchema();
`;
