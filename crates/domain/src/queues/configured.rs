//! CONFIG_SKILL_GROUP_EVENT: which queues there are.
//!
//! A complete download (CONFIG_BEGIN_EVENT to CONFIG_END_EVENT, solicited) also tells by silence: what it does not name is
//! gone.

use std::collections::BTreeSet;

use ged188::{
    ConfigBeginEvent, ConfigEndEvent, ConfigEndStatus, ConfigMask, ConfigSkillGroupEvent,
    ConfigSkillGroupEventRecordsItem, ConfigType, RecordType,
};

use super::{QUEUES_MAX, Queue};
use crate::domain::Domain;
use crate::ids::QueueId;

/// Whether all queues are being listed.
#[derive(Default)]
pub(super) enum Listing {
    #[default]
    None,
    /// These were named so far.
    Named(BTreeSet<QueueId>),
}

impl Domain {
    pub(crate) fn configuration_begins(&mut self, event: &ConfigBeginEvent) {
        let complete = event.config_type == ConfigType::SOLICITED
            && event.config_information.contains(ConfigMask::SKILL_GROUP);
        self.queues.listing = if complete { Listing::Named(BTreeSet::new()) } else { Listing::None };
    }

    pub(crate) fn configuration_ends(&mut self, event: &ConfigEndEvent) {
        if let Listing::Named(named) = std::mem::take(&mut self.queues.listing)
            && event.config_end_status == ConfigEndStatus::SUCCESS
        {
            let gone: Vec<QueueId> =
                self.queues.known.keys().filter(|id| !named.contains(id)).copied().collect();
            gone.into_iter().for_each(|id| self.remove_queue(id));
        }
    }

    pub(crate) fn queues_configured(&mut self, event: &ConfigSkillGroupEvent) {
        for record in &event.records {
            let ours =
                record.flt_peripheral_id.is_none_or(|peripheral| peripheral == self.config.peripheral_id);
            if let Some(id) = record.skill_group_skill_target_id.filter(|_| ours) {
                self.queue_configured(QueueId(id), record);
            }
        }
    }

    fn queue_configured(&mut self, id: QueueId, record: &ConfigSkillGroupEventRecordsItem) {
        if record.record_type == Some(RecordType::DELETE) {
            return self.remove_queue(id);
        }
        if let Listing::Named(named) = &mut self.queues.listing {
            named.insert(id);
        }
        if let Some(queue) = self.queues.known.get_mut(&id) {
            let before = queue.clone();
            queue.configure(record);
            if *queue != before {
                self.queue_changed(id);
            }
        } else if self.queues.known.len() < QUEUES_MAX {
            let mut queue = Queue::default();
            queue.configure(record);
            self.queues.known.insert(id, queue);
        } else {
            self.counters.too_many_queues += 1;
        }
    }

    fn remove_queue(&mut self, id: QueueId) {
        if self.queues.known.remove(&id).is_some() {
            self.queue_changed(id);
        }
    }
}

impl Queue {
    fn configure(&mut self, record: &ConfigSkillGroupEventRecordsItem) {
        self.number = record.peripheral_number.unwrap_or(self.number);
        record.peripheral_name.clone_into(&mut self.name);
    }
}
