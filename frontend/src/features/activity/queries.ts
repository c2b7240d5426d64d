import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { keys } from '@/lib/query-keys';
import { api, unwrap } from '@/lib/api/client';
import type { components, operations } from '@/lib/api/generated/audit-service';
import { useUser } from '@/lib/user';

export type Entry = components['schemas']['AuditLogOut'];
export type VerificationResult = components['schemas']['Verification'];
export type TrailQuery = Omit<NonNullable<operations['list_audit_logs']['parameters']['query']>, 'limit' | 'cursor'>;

const PAGE = 30;

export function fetchTrail(userId: string, query: TrailQuery, cursor: string | null, signal: AbortSignal) {
  const page = { ...query, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  return unwrap(api.GET('/api/{user_id}/audit_logs', { params: { path: { user_id: userId }, query: page }, signal }));
}

export function useTrail(query: TrailQuery) {
  const { id } = useUser();
  return useInfiniteQuery({
    queryKey: [...keys.trail, query],
    queryFn: ({ pageParam, signal }) => fetchTrail(id, query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
}

/** Verifies the audit trail. The result is not cached. */
export function useVerification() {
  const { id } = useUser();
  return useQuery({
    queryKey: [...keys.trail, 'verification'],
    queryFn: () => unwrap(api.GET('/api/{user_id}/audit_logs/verify', { params: { path: { user_id: id } } })),
    staleTime: 0,
    gcTime: 0,
  });
}

export function useStatistics(days: number) {
  const { id } = useUser();
  return useQuery({
    queryKey: [...keys.statistics, days],
    queryFn: () => unwrap(api.GET('/api/{user_id}/statistics', { params: { path: { user_id: id }, query: { days } } })),
    staleTime: 0,
  });
}
