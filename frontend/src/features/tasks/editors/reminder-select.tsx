'use client';

import { Select } from '@/components/field';
import { leadLabel } from '../labels';

const LEADS = [0, 5, 10, 15, 30, 60, 120, 24 * 60, 2 * 24 * 60, 7 * 24 * 60];

interface Props {
  id?: string;
  value: number | null;
  disabled?: boolean;
  onChange: (minutes: number | null) => void;
}

export function ReminderSelect({ value, onChange, ...props }: Props) {
  const leads = value === null || LEADS.includes(value) ? LEADS : [...LEADS, value].sort((a, b) => a - b);
  return (
    <Select
      {...props}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
    >
      <option value="">No reminder</option>
      {leads.map((minutes) => (
        <option key={minutes} value={minutes}>
          {leadLabel(minutes)}
        </option>
      ))}
    </Select>
  );
}
