/** Of an owner's password. Beside the sign-in library, not with it: a server without accounts loads none of that. */
export const passwordCharactersMin = 10;
