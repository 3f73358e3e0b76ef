// `npm run docs:domain`, also the last step of `npm run db:generate`.
import { writeFileSync } from 'node:fs';
import { domainPage } from './domain/domain-page';

writeFileSync('docs/domain.md', domainPage());
