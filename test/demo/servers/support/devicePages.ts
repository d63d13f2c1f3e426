import { type KoaContextWithOIDC } from 'oidc-provider';

/**
 * The pages on which a person enters and confirms the code of a device. They show only what the
 * server itself knows; the code was found among its own before it is shown.
 * @see RFC 8628 section 3.3
 */
export const devicePages = {
  userCodeInputSource: (context: KoaContextWithOIDC, form: string): void =>
    show(
      context,
      'Which device?',
      `<p>Enter the code that it shows.</p>${form}
       <button type="submit" form="op.deviceInputForm">Continue</button>`,
    ),
  userCodeConfirmSource: (
    context: KoaContextWithOIDC,
    form: string,
    _client: unknown,
    _device: unknown,
    userCode: string,
  ): void =>
    show(
      context,
      'Is this your device?',
      `<p>It shows the code <strong>${userCode}</strong>.</p>${form}
       <button type="submit" form="op.deviceConfirmForm">Yes</button>
       <button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">No</button>`,
    ),
  successSource: (context: KoaContextWithOIDC): void =>
    show(context, 'Signed in', '<p>Return to the device.</p>'),
};

/** What went wrong, in the words of the standard's code alone. */
export function errorPage(
  context: KoaContextWithOIDC,
  { error }: { readonly error: string },
): void {
  show(context, 'This did not work', `<p>${error}</p>`);
}

function show(context: KoaContextWithOIDC, title: string, content: string): void {
  context.type = 'html';
  context.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  context.body = `<!doctype html>
<html lang="en">
  <title>Demo sign-in</title>
  <h1>${title}</h1>
  ${content}
</html>
`;
}
