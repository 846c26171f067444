"use client";
import { useQuery } from "@apollo/client/react";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded } from "@/ui/Loaded";
import { TabTitle } from "@/ui/TabTitle";
import { SlideQuery } from "./queries.ts";
import { SlideScreen } from "./SlideScreen.tsx";
import classes from "./SlideViewer.module.css";

const back = { href: "/datasets", label: "Datasets" };

/** A slide at its own address. */
export function SlidePage({ id }: { readonly id: string }) {
  const query = useQuery(SlideQuery, { variables: { id } });
  return (
    <Loaded query={query} back={back}>
      {({ item }) =>
        item?.kind === "SLIDE" ? (
          <SlideScreen key={item.id} item={item} refetch={query.refetch} />
        ) : (
          <main className={classes.middle}>
            <TabTitle>Slide</TabTitle>
            <h1 className="mantine-visually-hidden">Slide</h1>
            <ErrorPanel error={missing} back={back} />
          </main>
        )
      }
    </Loaded>
  );
}

const missing = {
  code: "NOT_FOUND",
  title: "There is no such slide in this team",
  message: "It may belong to another team, or the address is mistyped.",
  fix: "Go back to the datasets, and open it from its tab of tiles.",
};
