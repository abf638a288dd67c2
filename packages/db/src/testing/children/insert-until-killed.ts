import { writeSync } from 'node:fs';
import { openEmbedded } from '../../embedded/open-embedded.ts';

/** Opens the data folder it is given and inserts pairs of rows for ever, printing each number once it is acknowledged. */
const { postgres } = await openEmbedded(process.argv[2] ?? '');
await postgres.exec(`create table if not exists pair (half text, number integer, primary key (half, number))`);
const { rows } = await postgres.query<{ next: number }>('select coalesce(max(number), 0) + 1 as next from pair');
writeSync(1, 'open\n');
for (let number = rows[0]?.next ?? 1; ; number += 1) {
  await postgres.transaction(async (tx) => {
    await tx.query(`insert into pair values ('left', $1)`, [number]);
    await tx.query(`insert into pair values ('right', $1)`, [number]);
  });
  // Synchronous: what is printed was acknowledged before, and nothing waits in a buffer of this process.
  writeSync(1, `${number}\n`);
}
