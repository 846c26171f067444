-- Bags of tiles as items: the features of a slide's tiles, made elsewhere. Of a bag, width is features and height is tiles.

alter table items add column kind text not null default 'image' check (kind in ('image', 'bag'));

alter table imports drop constraint imports_layout_check;
alter table imports add constraint imports_layout_check check (layout in ('kvasir-seg', 'index-masks', 'coco-instances',
  'coco-panoptic', 'nifti', 'class-folders', 'class-csv', 'npz', 'dicom', 'bag-csv'));
