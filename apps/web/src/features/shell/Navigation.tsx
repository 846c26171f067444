"use client";
import { NavLink } from "@mantine/core";
import { IconCpu, IconFlask2, IconPhoto, IconRoute, IconTimeline, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const places = [
  { href: "/experiments", label: "Experiments", icon: IconFlask2 },
  { href: "/runs", label: "Runs", icon: IconTimeline },
  { href: "/datasets", label: "Datasets", icon: IconPhoto },
  { href: "/label-chains", label: "Label chains", icon: IconRoute },
  { href: "/workers", label: "Workers", icon: IconCpu },
  { href: "/team", label: "Team", icon: IconUsers },
] as const;

export function Navigation() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      {places.map(({ href, label, icon: Icon }) => {
        const active = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <NavLink
            key={href}
            component={Link}
            href={href}
            label={label}
            active={active}
            aria-current={active ? "page" : undefined}
            leftSection={<Icon size={17} stroke={1.6} aria-hidden />}
            variant="subtle"
            style={{ borderRadius: 4, paddingBlock: 6, fontWeight: active ? 600 : 400 }}
          />
        );
      })}
    </nav>
  );
}
