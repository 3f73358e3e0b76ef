import { describe, expect, test } from 'vitest';
import { columnOf, type FieldKind } from '../model';
import { allEntities, entities, entityNames, isEntityName } from './index';

describe('every entity', () => {
  test.each(allEntities)('$name is declared soundly', (entity) => {
    expect(entities[entity.name as keyof typeof entities]).toBe(entity);
    for (const name of entity.title) expect(entity.fields).toHaveProperty(name);
    for (const fields of entity.unique) for (const name of fields) expect(entity.fields).toHaveProperty(name);
    for (const name of entity.sort ?? [])
      expect(['createdAt', ...Object.keys(entity.fields)]).toContain(name.replace(/^-/, ''));
    expect(entity.labels.one).toMatch(/^[A-Z]/);
    expect(entity.meaning).toMatch(/\.$/);
    if (entity.scope === 'user') expect(entity.fields).toHaveProperty('userId');
  });

  test.each(allEntities)(
    '$name refers only to entities listed before it, so that parents load and apply first',
    (entity) => {
      for (const field of Object.values(entity.fields)) {
        if (field.kind !== 'reference') continue;
        expect(isEntityName(field.options.to)).toBe(true);
        if (field.required)
          expect(entityNames.indexOf(field.options.to as never)).toBeLessThanOrEqual(
            entityNames.indexOf(entity.name as never),
          );
      }
    },
  );

  test.each(allEntities)(
    '$name: money names its currency, an order its parent, and no two fields share a column',
    (entity) => {
      for (const field of Object.values(entity.fields)) {
        if (field.kind === 'money') expect(entity.fields[field.options.currency]?.kind).toBe('currency');
        if (field.kind === 'order') expect(entity.fields).toHaveProperty(field.options.within);
      }
      const columns = Object.keys(entity.fields).map(columnOf);
      expect(new Set(columns).size).toBe(columns.length);
    },
  );

  test('numbers in the change log are distinct', () => {
    expect(new Set(allEntities.map((e) => e.number)).size).toBe(allEntities.length);
  });

  test('what a row contains forms no circle', () => {
    const parents = (name: string): string[] =>
      Object.values(allEntities.find((e) => e.name === name)!.fields).flatMap((f) =>
        f.kind === 'reference' && f.options.contained ? [f.options.to] : [],
      );
    const climb = (name: string, path: string[]): void => {
      expect(path).not.toContain(name);
      for (const parent of parents(name)) climb(parent, [...path, name]);
    };
    for (const name of entityNames) climb(name, []);
  });

  test('the kinds in use are a subset of the kinds that exist', () => {
    const used = new Set<FieldKind>(allEntities.flatMap((e) => Object.values(e.fields).map((f) => f.kind)));
    expect(used.size).toBeGreaterThan(15);
  });
});
