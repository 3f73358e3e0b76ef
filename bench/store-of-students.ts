/** A desk's store full of students, made without a server. */
import { randomBytes } from 'node:crypto';
import type { SessionFacts } from '../src/shared/contract/wire';
import { entityOf } from '../src/shared/entities';
import { loadColumns } from '../src/shared/model';
import type { Store, Writable } from '../src/main/desk/local/handles';
import { setMeta } from '../src/main/desk/local/meta';
import { putRowArray } from '../src/main/desk/local/rows';
import { inTransaction } from '../src/main/desk/local/statements';
import type { SqlValue } from '../src/main/desk/local/storage';

const ROWS_PER_TRANSACTION = 50_000;
const programId = '01944a47-f20b-7970-934b-d670a6e22d6a';
const userId = '01944a47-f20b-7970-934b-d670a6e22d6b';
export const facts: SessionFacts = {
  userId,
  fullName: 'Measured',
  email: 'measured@example.org',
  role: 'program_admin',
  programs: [programId],
  scopes: [`catalogue:${programId}`, `people:${programId}`],
};

/** Rows in an order of their own: sorted neither by name nor by anything else that is measured. */
export function fillStudents(store: Store, rows: number): void {
  const db = store.writer;
  setMeta(db, 'user', userId);
  setMeta(db, 'session', JSON.stringify(facts));
  db.pragma('synchronous = OFF');
  putProgram(db);
  const fields = loadColumns(entityOf('students')).map(({ field }) => field);
  for (let from = 0; from < rows; from += ROWS_PER_TRANSACTION) {
    inTransaction(db, () => {
      for (let i = from; i < Math.min(rows, from + ROWS_PER_TRANSACTION); i++)
        putRowArray(db, 'students', student(fields, i));
    });
  }
  db.exec('analyze');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('synchronous = FULL');
}

function putProgram(db: Writable): void {
  const values: Record<string, SqlValue> = {
    id: programId,
    code: 'BENCH',
    name: 'Measured',
    programType: 'certificate',
    currency: 'NGN',
    timeZone: 'UTC',
    isActive: 1,
    rowVersion: 1,
  };
  putRowArray(
    db,
    'programs',
    loadColumns(entityOf('programs')).map(({ field }) => values[field] ?? null),
  );
}

const scatteredNumber = (i: number): number => (i * 2_654_435_761) % 4_294_967_296;
const scattered = (i: number): string => scatteredNumber(i).toString(36);

function student(fields: string[], i: number): SqlValue[] {
  const values: Record<string, SqlValue> = {
    id: `${(1_735_689_600_000 + i)
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})/, '$1-')}-7000-8000-${randomBytes(6).toString('hex')}`,
    programId,
    studentNumber: `STU-2026-${i}`,
    firstName: `First ${i % 977}`,
    lastName: `Last ${scattered(i)}`,
    email: `${scattered(i + 7)}@example.org`,
    phone: `+234 803 ${i % 10_000_000}`,
    dateOfBirth: `20${String(i % 20).padStart(2, '0')}-05-17`,
    enrollmentDate: '2026-01-15',
    status: ['active', 'inactive', 'graduated', 'withdrawn'][i % 4] as string,
    address: `${i % 150} Awolowo Road, Ikoyi, Lagos`,
    rowVersion: 1,
    createdAt: 1_735_689_600_000 + i,
    updatedAt: 1_735_689_600_000 + scatteredNumber(i),
  };
  return fields.map((field) => values[field] ?? null);
}
