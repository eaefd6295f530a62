import { z } from 'zod';
import { invalid, malformed } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, containing } from './listing.js';
import { parsed } from './parsed.js';
import type { NoteRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

const reference = z.object({ id: z.number().int() });
const Creation = z.object({
  type: z.enum(['Matter', 'Contact']),
  subject: z.string().nullish(),
  detail: z.string().nullish(),
  date: z.iso.date().optional(),
  matter: reference.optional(),
  contact: reference.optional(),
});

/** The list needs `type`; a note belongs to the matter or to the contact, as its type says. */
export function notes(firm: Firm, views: Views): Resource {
  return resource<NoteRecord>({
    path: 'notes', schema: 'Note', permission: 'Communications', view: (note) => views.note(note),
    list: {
      rows: (call) => {
        if (!['Matter', 'Contact'].includes(call.incoming.params.get('type') ?? '')) throw malformed('type is required');
        return firm.notes.all();
      },
      filters: {
        type: { keeps: (note, value) => note.type === value }, matter_id: byNumber((note) => note.matterId), contact_id: byNumber((note) => note.contactId),
        query: containing((note) => `${note.subject ?? ''} ${note.detail ?? ''}`),
      },
      orders: { date: (note) => note.date },
    },
    find: (id) => firm.notes.get(id),
    create: (data, call) => {
      const body = parsed(Creation, data);
      const onMatter = body.type === 'Matter';
      const owner = onMatter ? firm.matters.get(body.matter?.id ?? null) : firm.contacts.get(body.contact?.id ?? null);
      if (!owner) throw invalid(`${onMatter ? 'matter' : 'contact'} is required`);
      return firm.notes.add((stamp) => ({
        ...stamp, type: body.type, subject: body.subject ?? null, detail: body.detail ?? null, date: body.date ?? firm.today(),
        matterId: onMatter ? owner.id : null, contactId: onMatter ? null : owner.id, authorId: call.user.id,
      }));
    },
  });
}
