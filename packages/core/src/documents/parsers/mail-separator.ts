/** The line that stands before each message of a mailbox: `From `, who and when. */
export const mailSeparator = /^From \S.{0,300}\d:\d\d/;
