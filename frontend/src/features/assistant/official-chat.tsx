'use client';

import { useEffect, useRef } from 'react';
import { authorised } from '@/lib/auth/token';
import { CHATKIT_HOST } from '@/lib/policy';
import { useUser } from '@/lib/user';
import { chatkitUrl } from './requests';

interface ChatKitElement extends HTMLElement {
  setOptions(options: object): void;
}

/** The official ChatKit component, used if CHATKIT_DOMAIN_KEY is set. OpenAI serves its script and its frame. */
export function OfficialChat({ domainKey }: { domainKey: string }) {
  const { id } = useUser();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const script = document.createElement('script');
    const element = document.createElement('openai-chatkit') as ChatKitElement;
    script.src = `${CHATKIT_HOST}/deployments/chatkit/chatkit.js`;
    script.onload = () =>
      void customElements.whenDefined('openai-chatkit').then(() =>
        element.setOptions({
          api: {
            url: chatkitUrl(id),
            domainKey,
            fetch: (input: RequestInfo | URL, init?: RequestInit) => authorised(new Request(input, init)),
          },
        }),
      );
    element.className = 'block size-full';
    place.current?.append(script, element);
    return () => {
      script.remove();
      element.remove();
    };
  }, [id, domainKey]);
  return <div ref={place} className="min-h-0 flex-1" />;
}
