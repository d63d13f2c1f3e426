/** Whether an address that a server named has a user or a password that is not that of `from`. */
export function bringsUserInfo({ username, password }: URL, from: URL): boolean {
  const isEmpty = username === '' && password === '';
  return !isEmpty && (username !== from.username || password !== from.password);
}
