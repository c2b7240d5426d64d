/** Where password managers find the form (https://www.w3.org/TR/change-password-url/). */
export function GET(): Response {
  return new Response(null, { status: 302, headers: { Location: '/settings?section=account' } });
}
