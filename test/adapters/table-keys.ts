/** The keys of the ledger table (`sk` is a number) and of the coordination table (a string), as infra declares them. */
export function tableKeys(sortType: 'N' | 'S') {
  return {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' as const },
      { AttributeName: 'sk', AttributeType: sortType },
    ],
  };
}
