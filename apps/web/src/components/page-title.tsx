/** React hoists it into the head. */
export function PageTitle({ title }: { title?: string | undefined }) {
  return <title>{title === undefined ? 'Digital Twin' : `${title} · Digital Twin`}</title>;
}
