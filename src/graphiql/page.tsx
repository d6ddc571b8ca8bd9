import './workers';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { fetcherFor } from './fetcher';
import { storageFor } from './storage';
import 'graphiql/style.css';
import './page.css';

/** What the server says of itself at `/graphiql/settings.json`. */
interface Settings {
  readonly samples: readonly { readonly name: string; readonly query: string; readonly variables?: object }[];
  readonly tokens: readonly { readonly role: string; readonly token: string }[];
}

const ENDPOINT = `${location.origin}/graphql`;

function Page({ samples, tokens }: Settings) {
  const [role, setRole] = useState(tokens[0]?.role);
  const token = tokens.find(known => known.role === role)?.token;
  const fetcher = useMemo(() => fetcherFor(ENDPOINT, token && `Bearer ${token}`), [token]);
  const tabs = samples.map(({ name, query, variables }) => ({
    query: `# ${name}\n${query.trim()}\n`,
    variables: variables ? JSON.stringify(variables, null, 2) : null,
  }));
  return (
    <>
      <header className="bar">
        <strong>Satchel</strong>
        {tokens.length > 0 && (
          <label>
            Ask as
            <select value={role} onChange={event => setRole(event.target.value)}>
              {tokens.map(known => (
                <option key={known.role}>{known.role}</option>
              ))}
            </select>
          </label>
        )}
      </header>
      <GraphiQL
        fetcher={fetcher}
        storage={storageFor(samples)}
        defaultEditorToolsVisibility={tokens.length > 0 ? 'variables' : 'headers'}
        defaultQuery={'# Ask the API here. The token goes into the Headers tab:\n# { "authorization": "Bearer …" }\n'}
        {...(tabs.length > 0 ? { defaultTabs: tabs } : {})}
      />
    </>
  );
}

const root = createRoot(document.querySelector('#root') as HTMLElement);
const settings: Settings = await fetch('/graphiql/settings.json').then(response => response.json());
root.render(<Page {...settings} />);
