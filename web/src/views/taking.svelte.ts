/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file that the server makes while its reader waits, and how far it is. */
import { ApiError, getReport, type Message, type ReportAbout } from '../api/client';
import { fileName } from '../state/files';
import { download } from './download';

export class Taking {
  stage = $state.raw<{ is: 'idle' } | { is: 'making'; format: string } | { is: 'done'; name: string } | { is: 'fault'; faults: Message[] }>({ is: 'idle' });

  take = async (about: ReportAbout): Promise<void> => {
    if (this.stage.is === 'making') return;
    this.stage = { is: 'making', format: about.format };
    try {
      const { disposition, bytes } = await getReport(about);
      const name = fileName(disposition) || `report.${about.format}`;
      download(name, bytes);
      this.stage = { is: 'done', name };
    } catch (fault) {
      this.stage = { is: 'fault', faults: fault instanceof ApiError ? fault.messages : [] };
    }
  };
}
