import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A password as it is kept: scrypt with a salt of its own, and what it was made with, so that the cost can be raised later. */
export const passwordHash = z.object({
  kdf: z.literal('scrypt'),
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((value) => Number.isInteger(Math.log2(value)), 'has to be a power of two'),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(4),
  salt: z.base64url().min(22),
  hash: z.base64url().min(43),
});
export type PasswordHash = z.infer<typeof passwordHash>;

/** 128 MiB and some tenths of a second for each attempt. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
const keyBytes = 32;

/** Stands for users that do not exist, so that asking for one takes as long as asking for one who does. */
export const nobodysPassword: PasswordHash = {
  kdf: 'scrypt',
  ...cost,
  salt: randomBytes(16).toString('base64url'),
  hash: randomBytes(keyBytes).toString('base64url'),
};

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return { kdf: 'scrypt', ...cost, salt: salt.toString('base64url'), hash: hash.toString('base64url') };
}

export async function isPassword(password: string, stored: PasswordHash): Promise<boolean> {
  const found = await derive(password, Buffer.from(stored.salt, 'base64url'), stored);
  const wanted = Buffer.from(stored.hash, 'base64url');
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function derive(password: string, salt: Buffer, { N, r, p }: Pick<PasswordHash, 'N' | 'r' | 'p'>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters can be typed as different code points.
    scrypt(password.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
