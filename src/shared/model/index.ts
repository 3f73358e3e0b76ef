export * from './field';
export * from './entity';
export * from './id';
export * from './columns';
