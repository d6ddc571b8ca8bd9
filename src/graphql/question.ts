import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  visit,
} from 'graphql';

/** The same subscription without where it begins: that says nothing about what it then sends. */
function withoutStart(operation: OperationDefinitionNode): OperationDefinitionNode {
  const selections = operation.selectionSet.selections.map(
    (selection): SelectionNode =>
      selection.kind === Kind.FIELD
        ? { ...selection, arguments: (selection.arguments ?? []).filter(({ name }) => name.value !== 'after') }
        : selection,
  );
  return { ...operation, selectionSet: { ...operation.selectionSet, selections } };
}

function variablesIn(document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(document, {
    // Their declarations are no use of them.
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return used;
}

/**
 * What a subscription asks, whoever asks and wherever it begins: two with the same question and the same access are
 * sent the same. Operation, fragments and the values of the variables that count.
 */
export function questionOf({ document, operationName, variableValues }: ExecutionArgs): string {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('There is no operation of this name');
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const asked: DocumentNode = { ...document, definitions: [withoutStart(operation), ...fragments] };
  const used = variablesIn(asked);
  const values = Object.entries(variableValues ?? {})
    .filter(([name]) => used.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([print(asked), values]);
}
