import type { EntityName } from '../../../shared/entities';

export const EntityPage = ({ entity }: { entity: EntityName }) => <p>{entity}</p>;
