/** The address of a link as it stands behind the link's text in canonical text, and the space before it. */
export const bracketedAddress = / ?\((?:https?:\/\/|mailto:|tel:)[^\s()]{1,200}\)/giu;
