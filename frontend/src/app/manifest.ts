import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Todo',
    short_name: 'Todo',
    description: 'Tasks with dates that do not drift',
    start_url: '/today',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#2f56d9',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: 'Add a task', url: '/today?add=open' },
      { name: 'Today', url: '/today' },
      { name: 'Search', url: '/today?palette=open' },
    ],
    share_target: { action: '/today', method: 'GET', params: { title: 'title', text: 'text', url: 'url' } },
  };
}
